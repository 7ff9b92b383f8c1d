import { ValueError } from '../value-error';
import type { GroupOutput, LeaseOutput, NodeOutput, NodesOutput } from './outputs';

/**
 * The output `nodes` of a state; empty where it has none.
 *
 * @throws {@link ValueError} for one that is damaged
 */
export function readNodesOutput(value: unknown): NodesOutput {
  if (value === undefined || value === null) return {};
  return mapped(fields(value, 'the output nodes'), (group, name) => readGroup(group, `nodes.${name}`));
}

/**
 * The output `lease` of a state; undefined where the group has none.
 *
 * @throws {@link ValueError} for one that is damaged
 */
export function readLeaseOutput(value: unknown): LeaseOutput | undefined {
  if (value === undefined || value === null) return undefined;
  const { start, end, seconds, idle, ended } = fields(value, 'the output lease');
  return {
    start: orNull(start, (one) => time(one, 'lease.start')),
    end: orNull(end, (one) => time(one, 'lease.end')),
    seconds: orNull(seconds, (one) => number(one, 'lease.seconds')),
    idle: orNull(idle, (one) => number(one, 'lease.idle')),
    ended: Array.isArray(ended) ? ended.map((key) => text(key, 'lease.ended')) : [],
  };
}

function readGroup(value: unknown, where: string): GroupOutput {
  const group = fields(value, where);
  const kind = text(group.kind, `${where}.kind`);
  if (kind !== 'fixed' && kind !== 'elastic') throw new ValueError(`${where}.kind of fixed or elastic`, kind);
  const { group_name: name, base_container: container, boot_timeout: timeout } = group;
  return {
    provider: text(group.provider, `${where}.provider`),
    network: text(group.network, `${where}.network`),
    kind,
    nodes: mapped(fields(group.nodes ?? {}, `${where}.nodes`), (node, key) =>
      readNode(node, `${where}.nodes.${key}`),
    ),
    ...(typeof name === 'string' ? { group_name: name } : {}),
    max: number(group.max, `${where}.max`),
    spot: group.spot === true,
    user: text(group.user, `${where}.user`),
    ssh_port: number(group.ssh_port, `${where}.ssh_port`),
    ...(typeof container === 'boolean' ? { base_container: container } : {}),
    ...(typeof timeout === 'number' ? { boot_timeout: timeout } : {}),
  };
}

function readNode(value: unknown, where: string): NodeOutput {
  const { address, instance_id: id } = fields(value, where);
  return { address: text(address, `${where}.address`), instance_id: text(id, `${where}.instance_id`) };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new ValueError(`${what} as a map`, JSON.stringify(value) ?? 'nothing');
}

function mapped<T>(map: Fields, read: (value: unknown, key: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, read(value, key)]));
}

function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === undefined || value === null ? null : read(value);
}

function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new ValueError(`${what} as a text`, JSON.stringify(value) ?? 'nothing');
}

function time(value: unknown, what: string): string {
  const given = text(value, what);
  if (!Number.isNaN(Date.parse(given))) return given;
  throw new ValueError(`${what} as a time in RFC 3339`, given);
}

function number(value: unknown, what: string): number {
  if (typeof value === 'number') return value;
  throw new ValueError(`${what} as a number`, JSON.stringify(value) ?? 'nothing');
}
