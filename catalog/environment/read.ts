import { readPools } from '../adopted/sakura-pools';
import { mergeClaims } from '../ground/claims';
import type { ProblemList } from '../ground/problem-list';
import { KINDS, readKinds } from '../kinds/registry';
import { ENVIRONMENT_NAME } from '../shape/formats';
import { read, refusal } from '../shape/read';
import { gatewayClaims } from '../site/gateway-claims';
import { publicAddresses } from '../site/public-addresses';
import { readSite } from '../site/read';
import { describe } from '../source/node';
import type { Place } from '../source/place';
import { readBackend } from './backend';
import type { EnvironmentDraft } from './draft';
import { readDrift } from './drift';
import { readEntries } from './entries';
import { readGroups } from './groups';
import { straighten } from './indentation';
import { ENVIRONMENT_KEYS } from './keys';
import { environmentName } from './name';
import { readPolicy } from './policy';
import { checkProviders } from './providers';

/** Reads one environment's merged file; all that is wrong within it is reported. */
export function readEnvironment(file: string, given: Place, problems: ProblemList): EnvironmentDraft {
  const root = given.node?.kind === 'map' ? given.with(straighten(given.node, problems)) : given;
  checkVersion(root, problems);
  checkProviders(root.below('providers'), problems);
  const environment = environmentName(file, root);
  const { adopted, created } = readEntries(root, problems);
  const groups = readGroups(root, problems);
  const readings = readKinds((kind) => {
    const { creates, groups: of } = KINDS[kind];
    return {
      environment,
      root,
      created: created.get(creates?.provider ?? '') ?? [],
      groups: groups.get(of?.provider ?? '') ?? [],
    };
  }, problems);
  const parts = Object.values(readings);
  const identities = parts.flatMap((part) => part.identities);
  const claims = mergeClaims(parts.map((part) => part.claims));
  checkName(environment, root.below('environment'), identities.length > 0, problems);
  const site = readSite(root.below('site'), problems);
  if (!root.has('site')) checkSiteIsThere(root, claims.gateways[0]?.key, problems);
  return {
    environment,
    file,
    root,
    ...(site ? { site } : {}),
    publicIps: publicAddresses(root.below('site')),
    policy: readPolicy(root.below('policy'), claims, problems),
    driftIgnore: readDrift(root.below('drift'), problems),
    connections: gatewayClaims(claims.gateways, site),
    backend: readBackend(root.below('backend'), problems),
    adopted,
    addressPools: readPools(
      root.below('sakura_config'),
      { adopted, ...(site ? { controller: site.controller.address } : {}) },
      problems,
    ),
    readings,
    claims,
    identities,
  };
}

function checkVersion(root: Place, problems: ProblemList): void {
  const place = root.below('cci_version');
  const { node } = place;
  if (!node) {
    const message = 'key "cci_version" is missing: the version of the format';
    problems.error('missing-key', root.at(), message, "write cci_version: '1.0'");
  } else if (node.kind === 'scalar' && typeof node.value === 'number') {
    const statement = { must: "must be the text '1.0'", got: `the number ${node.text}` };
    problems.error('wrong-type', place.at(), statement, "quote it: cci_version: '1.0'");
  } else if (node.kind !== 'broken' && place.text !== '1.0') {
    problems.error('bad-value', place.at(), { must: "must be '1.0'", got: describe(node) });
  }
}

function checkName(name: string, place: Place, isNeeded: boolean, problems: ProblemList): void {
  const isGiven = place.node !== undefined;
  const { draft } = read(place, ENVIRONMENT_KEYS.environment.shape, problems);
  if (!isNeeded || (isGiven && draft === undefined)) return;
  const refused = refusal(name, ENVIRONMENT_NAME);
  if (!refused) return;
  const { fix, ...statement } = refused;
  const how = isGiven ? [] : ['rename the file, or write environment: NAME in it'];
  problems.error('bad-name', place.at(), statement, ...fix, ...how);
}

function checkSiteIsThere(root: Place, network: string | undefined, problems: ProblemList): void {
  if (network === undefined) return;
  const message = `key "site" is missing: the other end of the tunnels of ${network}`;
  const fix = 'write site: { controller: 10.0.2.15/24, public_ip: … }, or vpn: none in create';
  problems.error('missing-key', root.at(), message, fix);
}
