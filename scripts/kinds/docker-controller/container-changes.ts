import type { ScrubbedChange } from '../../../terraform/plan/scrub';

export interface PublishedPort {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

/** The labels of a container that a plan changes. */
export function changedLabels({ before, after }: ScrubbedChange): readonly string[] {
  const [now, then] = [labelsOf(before.labels), labelsOf(after.labels)];
  return [...new Set([...now.keys(), ...then.keys()])]
    .filter((label) => now.get(label) !== then.get(label))
    .sort();
}

/** The ports of a container that a plan publishes, and those that it does not publish any more. */
export function changedPorts({ before, after }: ScrubbedChange): {
  readonly opened: readonly PublishedPort[];
  readonly closed: readonly PublishedPort[];
} {
  const [now, then] = [portsOf(before.ports), portsOf(after.ports)];
  const without = (ports: readonly PublishedPort[], others: readonly PublishedPort[]) =>
    ports.filter((one) => !others.some((other) => JSON.stringify(other) === JSON.stringify(one)));
  return { opened: without(then, now), closed: without(now, then) };
}

function labelsOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(listOf(value).map(({ label, value: text }) => [String(label), String(text)]));
}

function portsOf(value: unknown): readonly PublishedPort[] {
  return listOf(value).map(({ ip, external, protocol }) => ({
    address: String(ip ?? '0.0.0.0'),
    port: Number(external),
    protocol: String(protocol ?? 'tcp'),
  }));
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map((one) => Object(one)) : [];
}
