import { counted } from '../../../../base/text/counted';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

/** What a plan does to a network on Azure, the most hurtful first: a plan tells it in this order. */
export const HARM = [
  'network destroyed',
  'network replaced',
  'VPN gateway destroyed',
  'VPN gateway replaced',
  'connection destroyed',
  'gateway address replaced',
  'connection replaced',
  'site moved',
  'key changed',
  'gateway changed',
  'connection changed',
  'nodes cut off',
  'subnet destroyed',
  'subnet replaced',
  'subnet moved',
  'Internet access interrupted',
  'filter removed',
  'rules removed',
  'rules added',
  'gateway added',
  'network added',
  'something added',
  'no traffic',
] as const;

/** One thing that a plan does, as a sentence. */
export interface Effect {
  readonly harm: (typeof HARM)[number];
  readonly text: string;
}

/** What a part of a plan does, and which changes are told with it. */
export interface Told {
  readonly effects: readonly Effect[];
  readonly covers: (change: ScrubbedChange) => boolean;
}

export const NOTHING_TOLD: Told = { effects: [], covers: () => false };

export function sentencesOf(effects: readonly Effect[]): readonly string[] {
  const sorted = [...effects].sort((a, b) => HARM.indexOf(a.harm) - HARM.indexOf(b.harm));
  return [...new Set(sorted.map(({ text }) => text))];
}

/** How long Azure usually works on a virtual network gateway (learn.microsoft.com: "often takes 45 minutes or more"). */
export const GATEWAY_TIME = '30 to 60 minutes';

/** Names of attributes in sentences; others are told by their own, with blanks. */
const WORDS: Readonly<Record<string, string>> = {
  resource_group_name: 'resource group',
  vpn_type: 'VPN type',
  private_ip_address_enabled: 'private address',
  connection_mode: 'connection mode',
  connection_protocol: 'IKE version',
  dpd_timeout_seconds: 'DPD time-out',
  virtual_network_gateway_id: 'its gateway',
  local_network_gateway_id: 'its local network gateway',
  virtual_network_name: 'virtual network',
  network_security_group_name: 'security group',
  edge_zone: 'edge zone',
  ip_tags: 'IP tags',
  enable_bgp: 'BGP',
  sku: 'SKU',
};

export function attributeWords(name: string): string {
  const [own = name] = name.split('.');
  return WORDS[own] ?? own.replaceAll('_', ' ');
}

/** ` (DPD time-out 45 → 30)`: why a resource is replaced; empty where the plan has no reason. */
export function because({ replacedBy, before, after, reason }: ScrubbedChange): string {
  const causes = [...new Set(replacedBy.map((name) => name.split('.')[0] ?? name))].sort();
  if (causes.length === 0) return reason === 'replace_because_tainted' ? ' (its creation had failed)' : '';
  const words = causes.map((name) => `${attributeWords(name)}${arrow(before[name], after[name])}`);
  return ` (${words.join(', ')})`;
}

/** ` 45 → 30`; ` changes` where a value can't be told in a word. */
function arrow(before: unknown, after: unknown): string {
  const isShown = (value: unknown) =>
    (typeof value === 'string' && !value.startsWith('/')) || typeof value === 'number';
  return isShown(before) && isShown(after) && before !== after ? ` ${before} → ${after}` : ' changes';
}

/** The first element of a block that stands once. */
export function block(value: unknown): Readonly<Record<string, unknown>> {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null ? (first as Readonly<Record<string, unknown>>) : {};
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** `172.21.1.0/24 → 172.21.2.0/24`, or what is added and removed of longer lists. */
export function listChange(before: unknown, after: unknown): string {
  const [old, now] = [texts(before), texts(after)];
  if (old.length <= 1 && now.length <= 1) return `${old.join() || 'none'} → ${now.join() || 'none'}`;
  const added = now.filter((one) => !old.includes(one));
  const removed = old.filter((one) => !now.includes(one));
  return [
    ...(removed.length > 0 ? [`without ${removed.join(', ')}`] : []),
    ...(added.length > 0 ? [`with ${added.join(', ')}`] : []),
  ].join(', ');
}

export function isUpdate({ actions }: ScrubbedChange): boolean {
  return actions.join() === 'update';
}

export function isTagsOnly(change: ScrubbedChange): boolean {
  return isUpdate(change) && change.changed.every((name) => name === 'tags');
}

/** Tags, which no packet notices. */
export function tagEffects(changes: readonly ScrubbedChange[]): Told {
  const tagged = changes.filter(isTagsOnly);
  if (tagged.length === 0) return NOTHING_TOLD;
  const text = `tags of ${counted(tagged.length, 'resource')} change; no traffic is affected`;
  return { effects: [{ harm: 'no traffic', text }], covers: (change) => tagged.includes(change) };
}
