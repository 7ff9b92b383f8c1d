/**
 * The time by which leases are judged, in milliseconds: this machine's, or that of Terraform's variable `now`, which tests set to move
 * the end of a lease (`TF_VAR_now`, RFC 3339).
 */
export function leaseTime(): number {
  const moved = Date.parse(process.env.TF_VAR_now ?? '');
  return Number.isNaN(moved) ? Date.now() : moved;
}
