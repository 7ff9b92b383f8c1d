import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import type { EntryToCheck } from './entry-to-check';

/** Keys whose value is an OCID: `ocid1.<type>.<realm>.[region].<unique>` (Oracle's documentation, "Resource Identifiers"). */
const OCIDS = ['oracle_tenancy_ocid', 'oracle_compartment_id', 'oracle_subnet_id'] as const;

/** The regions that OCIDs call by a short name, which all later ones are not (Oracle's documentation, "Regions"). */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  iad: 'us-ashburn-1',
  phx: 'us-phoenix-1',
  fra: 'eu-frankfurt-1',
  lhr: 'uk-london-1',
};

/** Checks that the parts of an entry are of one realm and of one region. */
export function checkOracle({ place, values }: EntryToCheck, problems: ProblemList): void {
  const partsOf = (key: string): readonly string[] => {
    const { [key]: ocid } = values;
    return typeof ocid === 'string' ? ocid.split('.') : [];
  };
  const [first, ...others] = OCIDS.filter((key) => partsOf(key).length > 4);
  for (const key of others) {
    const [, , realm = ''] = partsOf(key);
    const [, , wanted = ''] = partsOf(first ?? key);
    if (realm === wanted) continue;
    const statement = { must: `must be of the realm ${wanted}, as ${first} is`, got: quoted(realm) };
    problems.error('region-differs', place.at(key), statement);
  }
  const { oracle_region: region, oracle_availability_domain: domain } = values;
  if (typeof region !== 'string') return;
  const named = partsOf('oracle_subnet_id')[3];
  const subnetRegion = named === undefined ? undefined : (SHORT_NAMES[named] ?? named);
  if (subnetRegion !== undefined && isRegion(subnetRegion) && subnetRegion !== region.toLowerCase()) {
    const statement = { must: `must be a subnet of ${region}`, got: `one of ${subnetRegion}` };
    problems.error(
      'region-differs',
      place.at('oracle_subnet_id'),
      statement,
      'correct oracle_region, or the subnet',
    );
  }
  // `mkro:AP-TOKYO-1-AD-1`; the domains of the oldest regions have names of their own.
  const ofDomain =
    typeof domain === 'string' ? /^[^:]+:(.+)-AD-[0-9]+$/.exec(domain)?.[1]?.toLowerCase() : undefined;
  if (ofDomain !== undefined && isRegion(ofDomain) && ofDomain !== region.toLowerCase()) {
    const statement = { must: `must be an availability domain of ${region}`, got: quoted(String(domain)) };
    problems.error('zone-of-another-region', place.at('oracle_availability_domain'), statement);
  }
}

function isRegion(text: string): boolean {
  return /^[a-z]{2}-[a-z]+-[0-9]$/.test(text);
}
