#!/bin/sh
# Prints the Python to set up with: the one asked for, else the first that is new enough.
# A shell script, because a Python that is too old cannot even read bootstrap.py.
asked=$1

for python in ${asked:-python3 python3.14 python3.13 python3.12 python3.11}; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    echo "$python"
    exit 0
done

python=${asked:-python3}
now=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
cat >&2 <<END
错误：需要 Python 3.11 或更新版本（$python ${now:+是 }${now:-没有找到}）。请先安装，例如以 root 运行：apt-get install -y python3 python3-venv；已有别的版本时：make PYTHON=python3.12 setup
Error: Python 3.11 or newer is needed ($python ${now:+is }${now:-was not found}). Please install it, for example as root: apt-get install -y python3 python3-venv; where there is another one: make PYTHON=python3.12 setup
END
exit 1
