"""WHAT CAN HAVE HAPPENED. This layer imports nothing of ours.

A good event:
1. is one act of one party, named subject + past participle (`ComplaintAccepted`), never `…Updated`;
2. can be said in one sentence, in Chinese and in English (`SAYS`);
3. says who acted, for which party, in which role, through which channel (`by`);
4. says when it occurred where that differs from when it was recorded (`occurred_on`);
5. gives the reason where the rules ask for one (`reason`);
6. keeps everything about natural persons inside a `Personal` envelope;
7. keeps its stored name (`TOPIC`) for ever; a changed form is a new version with an upcast;
8. carries what its readers need (names of that day), so that history reads without joins.
"""
