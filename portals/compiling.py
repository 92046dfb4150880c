"""Compiling: templates that say their texts without a detour.

Whatever a template calls is first asked whether it wants the context, the evaluation or the
environment, and given its loop: microseconds for each of the hundreds of texts of a page. `t`
wants nothing but its two texts.
"""

from __future__ import annotations

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame


class Direct(CodeGenerator):
    """`t("中文", "English")` is a plain call; all others are made as ever."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if not _is_text(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for text in node.args:
            self.visit(text, frame)
            self.write(", ")
        self.write(")")


def _is_text(node: nodes.Call) -> bool:
    called, more = node.node, (node.kwargs, node.dyn_args, node.dyn_kwargs)
    return isinstance(called, nodes.Name) and called.name == "t" and not any(more)


class Templates(Environment):
    """The environment of our own templates."""

    code_generator_class = Direct
