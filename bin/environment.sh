# Read by bin/run and bin/test: finds Python and keeps a virtual environment in step with a file of pinned packages.
# Needs $home, the project's folder. PORTAL_VENV names another place for the environment than .venv.

venv=${PORTAL_VENV:-$home/.venv}

fail() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 1
}

# Sets $python to a Python that is new enough: the machine's own before others.
find_python() {
    for python in python3 python3.13 python3.12 python3.11; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    found=$(python3 --version 2>/dev/null || echo 'no Python 3')
    fail "Python 3.11 or newer is needed, and this machine has $found. On Debian 12 or later: apt install python3 python3-venv"
}

# install FILE: leaves in $venv the packages that FILE pins. The copy kept there says what was installed last.
install() {
    installed=$venv/installed-$1
    if "$venv/bin/python" -c '' 2>/dev/null && cmp -s "$home/$1" "$installed"; then
        return
    fi
    make_environment
    echo "Installing the packages of $1 (a minute or so, once) …"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: \
        --require-hashes --requirement "$home/$1" || fail "the packages could not be installed; pip's reason stands above."
    cp "$home/$1" "$installed"
}

make_environment() {
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 && return
    mkdir -p "$venv" 2>/dev/null && [ -w "$venv" ] || fail "the folder $venv cannot be written to. Set PORTAL_VENV to one that can."
    "$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python cannot make virtual environments. On Debian: apt install python3-venv"
    echo "Making a virtual environment in $venv …"
    "$python" -m venv --clear "$venv" || fail "the virtual environment could not be made; the reason stands above."
}
