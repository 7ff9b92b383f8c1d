import type { ProblemList } from '../ground/problem-list';
import type { EnvironmentDraft } from './draft';

/** Checks that the two ends of a VPN have different autonomous system numbers, and with a mesh all clouds too. */
export function checkAsns({ site, claims }: EnvironmentDraft, problems: ProblemList): void {
  for (const { asn, routing, onlyWithBgp = false, where, fix } of claims.asns) {
    if (site?.asn !== asn || (onlyWithBgp && routing !== 'bgp')) continue;
    problems.error('same-asn', where, { must: 'must differ from site.asn', got: `${asn} for both` }, fix);
  }
  if (!site?.mesh) return;
  // A route that one cloud announced reaches another through the site only where that one's number is not in its path.
  const seen = new Map<number, string>();
  for (const { asn, key, routing, where } of claims.asns) {
    if (routing !== 'bgp') continue;
    const other = seen.get(asn);
    if (other === undefined) {
      seen.set(asn, key);
      continue;
    }
    const message = `must differ from that of ${other}: with site.mesh, BGP drops a route whose path holds the receiver's own ASN (${asn})`;
    problems.error('same-asn', where, message, 'give each network its own');
  }
}
