import type { EnvironmentDraft, NetworkDraft } from '../../environment/drafts';
import type { ProblemList } from '../../ground/problem-list';

/** Names that must be apart, and what holds between a network's VPN and the site. */
export function checkEntries(draft: EnvironmentDraft, problems: ProblemList): void {
  checkNames(draft, problems);
  checkSpot(draft, problems);
  for (const network of draft.networks) {
    checkAsns(draft, network, problems);
  }
  checkMeshAsns(draft, problems);
}

/** `Tokyo-1` and `tokyo_1` would be one file on some systems and one name in some clouds. */
function checkNames({ networks }: EnvironmentDraft, problems: ProblemList): void {
  const seen = new Map<string, string>();
  for (const { entry, section } of networks.flatMap(({ subnets }) => subnets)) {
    const plain = entry.toLowerCase().replaceAll('-', '_');
    const other = seen.get(plain);
    if (other !== undefined) {
      const message = `the name differs from "${other}" in letter case or - and _ only`;
      problems.error(
        'name-clash',
        section.path,
        message,
        section.keyAt(),
        'rename one; both become names of files and cloud objects',
      );
    } else seen.set(plain, entry);
  }
}

function checkSpot({ networks, adopted }: EnvironmentDraft, problems: ProblemList): void {
  for (const { entry, spot, create } of networks.flatMap(({ subnets }) => subnets)) {
    if (!spot || !adopted.some(({ provider, name }) => provider === 'aws_spot' && name === entry)) continue;
    const message = `would publish aws_spot.${entry}, which the catalog has already`;
    problems.error('spot-twice', create.pathOf('spot'), message, create.keyAt('spot'), 'remove one of them');
  }
}

function checkAsns({ site }: EnvironmentDraft, { vpn, create }: NetworkDraft, problems: ProblemList): void {
  if (!vpn || site?.asn !== vpn.amazonSideAsn) return;
  const steps = ['vpn', 'amazon_side_asn'];
  const message = `must differ from site.asn, got ${vpn.amazonSideAsn} for both`;
  problems.error(
    'same-asn',
    create.pathOf(...steps),
    message,
    create.at(...steps),
    'choose another from 64512 to 65534',
  );
}

/** A route that one cloud announced reaches another through the site only where that one's number is not in its path. */
function checkMeshAsns({ site, networks }: EnvironmentDraft, problems: ProblemList): void {
  if (!site?.mesh) return;
  const seen = new Map<number, string>();
  for (const { vpn, create, key } of networks) {
    if (vpn?.routing !== 'bgp') continue;
    const other = seen.get(vpn.amazonSideAsn);
    if (other === undefined) {
      seen.set(vpn.amazonSideAsn, key);
      continue;
    }
    const steps = ['vpn', 'amazon_side_asn'];
    const message = `must differ from that of ${other}: with site.mesh, BGP drops a route whose path holds the receiver's own ASN (${vpn.amazonSideAsn})`;
    problems.error(
      'same-asn',
      create.pathOf(...steps),
      message,
      create.at(...steps),
      'give each network its own',
    );
  }
}
