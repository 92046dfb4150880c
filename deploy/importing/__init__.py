"""Reading in registers that others keep: a declarative mapping, a file, one batch.

`import_complaints` takes in what is true, sends back what is not with a sentence, and can be
run again at any time: a row that is known is counted, an interrupted batch is continued.
"""

from deploy.importing.bad_file import BadFile
from deploy.importing.mapping import Mapping, load_mapping, shipped_mappings
from deploy.importing.run import Refusal, Report, import_complaints
from deploy.importing.sheet import Limits
from services.reversal import reverse_batch

__all__ = [
    "BadFile",
    "Limits",
    "Mapping",
    "Refusal",
    "Report",
    "import_complaints",
    "load_mapping",
    "reverse_batch",
    "shipped_mappings",
]
