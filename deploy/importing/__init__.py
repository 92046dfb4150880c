"""Reading in registers that others keep: a declarative mapping, a file, one batch.

`import_register` takes in what is true, sends back what is not with a sentence, and can be
run again at any time: a row that is known is counted, an interrupted batch is continued.
"""

from deploy.importing.bad_file import BadFile
from deploy.importing.mapping import Mapping
from deploy.importing.mappings import load_mapping, shipped_mappings
from deploy.importing.report import Refusal, Report
from deploy.importing.run import Duplicates, import_register
from deploy.importing.sheet import Limits
from services.reversal import reverse_batch

__all__ = [
    "BadFile",
    "Duplicates",
    "Limits",
    "Mapping",
    "Refusal",
    "Report",
    "import_register",
    "load_mapping",
    "reverse_batch",
    "shipped_mappings",
]
