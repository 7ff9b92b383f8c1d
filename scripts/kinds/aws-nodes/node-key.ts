/** The key of a resource that is one of several: `n1` of `aws_instance.Nodes["n1"]`; its name where it is one alone. */
export function keyOf(address: string): string {
  return /\["(.*)"\]$/.exec(address)?.[1] ?? address.slice(address.indexOf('.') + 1);
}

/** The disk that a volume is: `data` of `aws_ebs_volume.Disks_data["n1"]`. */
export function diskOf(address: string): string {
  return /^aws_ebs_volume\.Disks_([^[]+)/.exec(address)?.[1] ?? address;
}
