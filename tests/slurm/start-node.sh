#!/usr/bin/env bash
# Makes this machine a Slurm cluster of one node, for the test of `book study run --slurm`. Needs root and Debian's slurm-wlm and munge.
# Leaves a cluster that runs already alone. `start-node.sh stop` ends what it started.
set -euo pipefail
state=${RNNBOOK_SLURM:-/tmp/rnnbook-slurm}
conf=/etc/slurm/slurm.conf

if [ "${1:-}" = stop ]; then
  pkill slurmd || true
  pkill slurmctld || true
  exit 0
fi

if sinfo -h > /dev/null 2>&1; then exit 0; fi

mkdir -p "$state"/{ctld,d} /etc/slurm /run/munge
[ -s /etc/munge/munge.key ] || { install -d -o munge -g munge -m 700 /etc/munge; dd if=/dev/urandom of=/etc/munge/munge.key bs=1 count=1024 2> /dev/null; }
chown -R munge:munge /etc/munge /run/munge /var/lib/munge /var/log/munge
chmod 400 /etc/munge/munge.key
chmod 755 /run/munge
pgrep -x munged > /dev/null || su -s /bin/sh munge -c "munged --force"

cat > "$conf" << CONF
ClusterName=book
SlurmctldHost=$(hostname -s)(127.0.0.1)
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmUser=root
StateSaveLocation=$state/ctld
SlurmdSpoolDir=$state/d
SlurmctldPidFile=$state/ctld.pid
SlurmdPidFile=$state/d.pid
SlurmctldLogFile=$state/ctld.log
SlurmdLogFile=$state/d.log
ReturnToService=2
MpiDefault=none
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=book Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF

slurmctld
slurmd
for _ in $(seq 60); do
  if sinfo -h -o %T 2> /dev/null | grep -qE '^(idle|mixed|allocated)'; then exit 0; fi
  sleep 1
done
echo "The node does not come up: see $state/ctld.log and $state/d.log." >&2
exit 1
