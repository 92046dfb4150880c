#!/bin/sh
# Runs every check even when one fails, and says at the end which did.
bin=.venv/bin
failed=""

check() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        echo "$output" | sed 's/^/        /'
        failed="$failed $name"
    fi
}

check format $bin/ruff format --check .
check lint $bin/ruff check .
check types $bin/mypy
check imports $bin/lint-imports
check documents $bin/python -m deploy.documents --check

[ -z "$failed" ] && exit 0
echo "检查未通过 / checks failed:$failed" >&2
exit 1
