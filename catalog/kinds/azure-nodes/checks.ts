import { RESERVED } from '../../../model/clouds/azure/limits';
import {
  LONGEST_HOST_PREFIX,
  LONGEST_MACHINE_NAME,
  REFUSED_LOGINS,
} from '../../../model/clouds/azure/virtual-machines';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import { checkAddresses } from '../../nodes/addresses';
import { checkPlace, type NodePlace } from '../../nodes/place-of';
import { checkMoved } from '../azure/location-moved';
import type { AzureSettings } from '../azure/settings';
import { checkTags } from '../azure/tags';
import type { Around } from '../kind';
import { checkDisks } from './disks';
import type { GroupDraft } from './draft';
import { checkSizes } from './sizes';

/** Reports what does not hold of a group, and between it and its network. */
export function checkGroup(
  group: GroupDraft,
  { subscriptionId }: Pick<AzureSettings, 'subscriptionId'>,
  around: Around<{ readonly region: string }>,
  problems: ProblemList,
): void {
  const { key, name, place, members } = group;
  checkNames(group, around.environment, problems);
  checkLogin(group, problems);
  checkSizes(group, problems);
  checkDisks(group, problems);
  checkPlacement(group, problems);
  checkOnDemand(group, problems);
  checkSecrets(group, subscriptionId, problems);
  checkTags(place.below('tags'), problems);
  if (around.site === undefined && !around.root.has('site')) {
    const message = 'nodes belong to a VC controller, whose address is site.controller';
    problems.error('missing-key', place.keyAt(), message, 'write site: { controller: 10.0.2.15/24 }');
  }
  const found = checkPlace(group.group, around, problems);
  if (found === undefined) return;
  const claim = around.claims.groups.find((one) => one.name === name);
  if (members !== undefined && claim !== undefined)
    checkAddresses(claim, found, RESERVED, around.claims, problems);
  checkInternet(group, found, problems);
  const location = found.values.azure_location;
  if (typeof location === 'string')
    checkMoved(
      'node group',
      { id: around.identities.idOf(key), place: place.below(networkKey(group)), location },
      around,
      problems,
    );
}

function networkKey({ place }: GroupDraft): string {
  return place.has('private_network') ? 'private_network' : 'network';
}

/** Names of machines are made of the environment, the group and the node. */
function checkNames({ name, place, members }: GroupDraft, environment: string, problems: ProblemList): void {
  const base = `${environment}-${name}`;
  const longest = (members?.nodes ?? []).reduce((so, { key }) => (key.length > so.length ? key : so), '');
  const [full, most] =
    members?.kind === 'elastic'
      ? [`${base}-`, LONGEST_HOST_PREFIX]
      : [`${base}-${longest}`, LONGEST_MACHINE_NAME];
  if (full.length <= most) return;
  const statement = {
    must: `${full}, ${members?.kind === 'elastic' ? 'with which names of its hosts begin' : 'the name of a machine'}, must have at most ${most} characters`,
    got: String(full.length),
  };
  problems.error('bad-name', place.keyAt(), statement, 'shorten the name of the group, or of the node');
}

function checkLogin({ place, draft }: GroupDraft, problems: ProblemList): void {
  if (REFUSED_LOGINS.includes(draft.userName)) {
    const statement = { must: 'must be none that Azure refuses as a log-in', got: quoted(draft.userName) };
    problems.error('bad-value', place.at('user_name'), statement, 'leave it out for ubuntu');
  }
  for (const item of place.below('ssh_public_keys').items) {
    const [type = ''] = item.text?.trim().split(' ') ?? [];
    if (!type.startsWith('ecdsa-')) continue;
    const statement = { must: 'must be a key of ssh-ed25519 or ssh-rsa, which Azure takes', got: type };
    problems.error('bad-value', item.at(), statement, 'make one with ssh-keygen -t ed25519');
  }
}

function checkPlacement({ place, draft, members }: GroupDraft, problems: ProblemList): void {
  if (draft.placement !== 'spread' || members?.kind !== 'fixed') return;
  const message = 'fixed nodes on Azure are not spread: only a scale set places its machines so';
  problems.error('not-built', place.at('placement'), message, 'use kind: elastic, or remove it');
}

/** Only a scale set mixes spot machines with others. */
function checkOnDemand({ place, members }: GroupDraft, problems: ProblemList): void {
  if (members?.kind !== 'fixed') return;
  for (const key of ['on_demand_base', 'on_demand_percent']) {
    if (!place.has('spot', key)) continue;
    const message = 'is of elastic groups: all fixed nodes of a group are spot ones, or none';
    problems.error('incompatible', place.keyAt('spot', key), message, 'use kind: elastic, or remove it');
  }
}

/** Nodes fetch secrets from a key vault, whose name is unique in all of Azure and is made of the subscription. */
function checkSecrets(
  { place, software }: GroupDraft,
  subscriptionId: string | undefined,
  problems: ProblemList,
): void {
  const { registry, secretEnvironment = {}, bundle } = software?.container ?? {};
  if (bundle !== undefined)
    problems.error(
      'not-built',
      place.at('registry', 'bundle'),
      'nodes on Azure fetch no image from a bucket',
      'use a registry',
    );
  const isVariable = registry === undefined && Object.keys(secretEnvironment).length > 0;
  if (subscriptionId !== undefined || (registry === undefined && !isVariable)) return;
  const message =
    'needs providers.azurerm.subscription_id, of which the name of the key vault is made that holds its secrets';
  const where = isVariable ? place.at('params', 'e') : place.keyAt('registry');
  problems.error('missing-key', where, message, 'write it, as it is and not as a reference');
}

/** What nodes fetch and call where nothing is said against it. */
function checkInternet(
  { place, draft, software }: GroupDraft,
  { entry, hasInternet }: NodePlace,
  problems: ProblemList,
): void {
  if (hasInternet !== false || draft.proxy?.https !== undefined) return;
  const needs = [
    ...(software?.container === undefined ? [] : ["Docker's packages and the base container (image)"]),
    ...(draft.idle === 'none' ? [] : ["Azure's Resource Manager, which deallocates them (idle)"]),
  ];
  if (needs.length === 0) return;
  const message = `nodes of ${entry} do not reach the Internet (egress: none), and need ${needs.join(' and ')}`;
  problems.error(
    'incompatible',
    place.at(place.has('private_network') ? 'private_network' : 'network'),
    message,
    'write proxy: { https: … }, or use egress: nat',
  );
}
