import { type DaemonConnection, together } from './daemon-connection';

/*
 * Lines of version 4 start with a number (`000 `, `006 `), those of version 5 do not.
 */

/** `"dev-aws-default-1": 0.0.0.0/0===198.51.100.10---198.51.100.1...203.0.113.1===0.0.0.0/0; erouted; …`. */
const LOADED = /^(?:\d{3} )?"([^"]+)"(?:\[\d+\])?(?: [\d.]+)?: .*\.\.\.(?:[\d.]+---)?(\d+(?:\.\d+){3})/;
/** `#1: "dev-aws-default-1":500 STATE_V2_ESTABLISHED_IKE_SA (established IKE SA); …`; version 5 leaves `STATE_V2_` out. */
const STATE = /^(?:\d{3} )?#\d+: "([^"]+)"(?:\[\d+\])?(?: [\d.]+)?:\S+ \w+ \(([^)]*)\)/;
/** `#3: "dev-aws-default-1", type=ESP, add_time=…, inBytes=252, outBytes=504, …`. */
const TRAFFIC = /^(?:\d{3} )?#\d+: "([^"]+)"(?:\[\d+\])?(?: [\d.]+)?, .*\binBytes=(\d+), outBytes=(\d+)/;

/**
 * All loaded connections, from what `ipsec status` and `ipsec trafficstatus` print (libreswan 4 and 5). A connection with
 * `leftsubnets` is loaded as `tunnel1/1x0`, so the part from the `/` on is left out.
 */
export function libreswanConnections(status: string, traffic: string): readonly DaemonConnection[] {
  const found = new Map<string, DaemonConnection>();
  const add = (alias: string, report: Partial<Omit<DaemonConnection, 'name'>>): void => {
    const name = alias.split('/')[0] ?? alias;
    const connection: DaemonConnection = { name, ike: 'down', children: 0, ...report };
    const known = found.get(name);
    found.set(name, known ? together(known, connection) : connection);
  };
  for (const line of status.split('\n')) {
    const [, loaded, peer] = LOADED.exec(line) ?? [];
    if (loaded !== undefined) add(loaded, { ...(peer === undefined ? {} : { peer }) });
    const [, name, state] = STATE.exec(line) ?? [];
    if (name === undefined) continue;
    if (state === 'established Child SA') add(name, { children: 1 });
    else add(name, { ike: state === 'established IKE SA' ? 'established' : 'connecting' });
  }
  for (const line of traffic.split('\n')) {
    const [, name, bytesIn, bytesOut] = TRAFFIC.exec(line) ?? [];
    if (name !== undefined) add(name, { bytesIn: Number(bytesIn), bytesOut: Number(bytesOut) });
  }
  return [...found.values()];
}
