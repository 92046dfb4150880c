"""Messages: what is told to a consumer by text message or e-mail, and how it leaves the house.

What waits to be told stands in a table of its own (`queue.py`), written from the log once its
event is there (`writing.py`): no act waits for a gateway, and none fails with it. To whom and what
is opened from the log when it is sent (`composing.py`), so that the table holds nothing of her.
Delivered at least once: who is killed between the gateway's answer and ours sends it again, under
the same id.
"""
