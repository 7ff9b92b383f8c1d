/** The state of a BGP session of this host's FRR. */
export interface BgpSession {
  /** `Established`, `Idle`, `Connect`, `Active`, `OpenSent`, … (RFC 4271 §8.2.2). */
  readonly state: string;
  /** How many received prefixes the filters accepted; only of an established session. */
  readonly prefixes?: number;
}

/** The sessions by their peers' addresses, from `vtysh -c 'show bgp summary json'`; undefined where the text is not JSON. */
export function bgpSessions(text: string): ReadonlyMap<string, BgpSession> | undefined {
  let summary: unknown;
  try {
    summary = JSON.parse(text);
  } catch {
    return undefined;
  }
  const peers = (summary as { ipv4Unicast?: { peers?: Readonly<Record<string, unknown>> } } | null)
    ?.ipv4Unicast?.peers;
  const sessions = new Map<string, BgpSession>();
  for (const [address, peer] of Object.entries(peers ?? {})) {
    const { state, pfxRcd } = peer as { state?: unknown; pfxRcd?: unknown };
    if (typeof state !== 'string') continue;
    const isCounted = state === 'Established' && typeof pfxRcd === 'number';
    sessions.set(address, { state, ...(isCounted ? { prefixes: pfxRcd } : {}) });
  }
  return sessions;
}
