import { type DaemonConnection, together } from './daemon-connection';

/** States of an established IKE SA (strongSwan's `ike_sa_state_t`). */
const ESTABLISHED = ['ESTABLISHED', 'REKEYING'];
/** States of a child SA that carries packets (strongSwan's `child_sa_state_t`). */
const INSTALLED = ['INSTALLED', 'UPDATING', 'REKEYING'];

interface Section {
  readonly values: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, Section>;
}

/** The connections from what `swanctl --list-sas --raw` prints: a line for each IKE SA, in the format of vici. */
export function swanctlConnections(text: string): readonly DaemonConnection[] {
  const found = new Map<string, DaemonConnection>();
  for (const line of text.split('\n')) {
    const body = /^list-sa event (\{.*\})\s*$/.exec(line)?.[1];
    if (body === undefined) continue;
    for (const [name, sa] of sectionOf(body).sections) {
      const connection = connectionOf(name, sa);
      const known = found.get(name);
      found.set(name, known ? together(known, connection) : connection);
    }
  }
  return [...found.values()];
}

function connectionOf(name: string, sa: Section): DaemonConnection {
  const state = sa.values.get('state') ?? '';
  const isUp = ESTABLISHED.includes(state);
  // An IKE SA that is being deleted takes its children with it, although they still have the state INSTALLED.
  const children = [...(sa.sections.get('child-sas')?.sections.values() ?? [])].filter(
    ({ values }) => isUp && INSTALLED.includes(values.get('state') ?? ''),
  );
  const bytes = (key: string): number =>
    children.reduce((sum, { values }) => sum + Number(values.get(key) ?? 0), 0);
  const peer = sa.values.get('remote-host');
  return {
    name,
    ...(peer === undefined ? {} : { peer }),
    ike: isUp ? 'established' : state === 'CONNECTING' ? 'connecting' : 'down',
    children: children.length,
    ...(children.length === 0 ? {} : { bytesIn: bytes('bytes-in'), bytesOut: bytes('bytes-out') }),
  };
}

/** Parses `{a {b=c d=[e f] g {}}}`: sections in braces, values without quotes. A value ends at the first space. */
function sectionOf(text: string): Section {
  const top = { values: new Map<string, string>(), sections: new Map<string, Section>() };
  const open = [top];
  for (const [, name, close, key, value] of text.matchAll(
    /([^\s{}=]*)\s*\{|(\})|([^\s{}=[\]]+)=(\[[^\]]*\]|[^\s{}]*)/g,
  )) {
    const inner = open.at(-1);
    if (close !== undefined) open.pop();
    else if (name !== undefined) {
      const section = { values: new Map<string, string>(), sections: new Map<string, Section>() };
      // The outermost braces have no name: they enclose the whole text.
      if (name === '') open.push(inner ?? top);
      else {
        inner?.sections.set(name, section);
        open.push(section);
      }
    } else if (key !== undefined) inner?.values.set(key, value ?? '');
  }
  return top;
}
