#!/bin/busybox sh
# The first program of the emulated machine (boot-machine.sh): makes its root folder and goes there.
# shellcheck shell=sh
b=/bin/busybox
$b mount -t proc proc /proc
for module in /modules/*; do $b insmod "$module"; done
$b mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=262144,cache=loose tools /tools
$b mount -t tmpfs -o size=1g tmpfs /disk
$b mkdir /disk/upper /disk/work
$b mount -t overlay -o lowerdir=/tools/bookworm,upperdir=/disk/upper,workdir=/disk/work overlay /new
$b mkdir -p /new/tools /new/lab
$b mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144 lab /new/lab
$b mount -o move /tools /new/tools
exec $b switch_root /new /bin/bash /lab/machine.sh
