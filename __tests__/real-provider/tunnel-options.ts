/** What a request asks for one tunnel of a VPN connection, as AWS answers it later; moto forgets it. */
export class TunnelOptions {
  private readonly given: ReadonlyMap<string, string>;

  /**
   * @param number - of the tunnel, from 1
   * @param address - where it ends in the cloud: moto gives the same one to all tunnels
   */
  constructor(
    form: URLSearchParams,
    private readonly number: 1 | 2,
    private readonly address: string,
  ) {
    const prefix = `Options.TunnelOptions.${number}.`;
    const own = [...form].filter(([name]) => name.startsWith(prefix));
    this.given = new Map(own.map(([name, value]) => [name.slice(prefix.length), value]));
  }

  private get insideCidr(): string {
    return this.given.get('TunnelInsideCidr') ?? `169.254.${43 + this.number}.40/30`;
  }

  /** An item of `tunnelOptionSet`: `Phase1LifetimeSeconds` and `IKEVersion.1.Value` are written as elements and sets. */
  item(): string {
    const single = new Map([['TunnelInsideCidr', this.insideCidr]]);
    const sets = new Map<string, string[]>();
    for (const [name, value] of this.given) {
      const [, of] = /^(\w+)\.\d+\.Value$/.exec(name) ?? [];
      if (of !== undefined) sets.set(of, [...(sets.get(of) ?? []), value]);
      else if (!name.includes('.')) single.set(name, value);
    }
    return [
      ...[...single].map(([name, value]) => element(name, value)),
      ...[...sets].map(([name, values]) =>
        element(`${name}Set`, values.map((value) => `<item><value>${value}</value></item>`).join('')),
      ),
    ].join('');
  }

  /** A tunnel of the gateway's configuration, with this one's inside addresses, key and outside address. */
  inConfiguration(tunnel: string): string {
    const [network = ''] = this.insideCidr.split('/');
    const last = Number(network.split('.')[3]);
    const address = (offset: number) => network.replace(/\d+$/, String(last + offset));
    const end = (text: string, name: string, offset: number) =>
      text.replace(
        new RegExp(
          `(&lt;${name}&gt;(?:(?!/${name})[sS])*?tunnel_inside_address&gt;\\s*&lt;ip_address&gt;)[\\d.]+`,
        ),
        (_, start: string) => start + address(offset),
      );
    const key = this.given.get('PreSharedKey');
    const inside = end(end(tunnel, 'customer_gateway', 2), 'vpn_gateway', 1);
    const keyed =
      key === undefined
        ? inside
        : inside.replace(/(pre_shared_key&gt;)[^&]*/, (_, start: string) => start + key);
    return keyed.replace(
      /(&lt;vpn_gateway&gt;(?:(?!\/vpn_gateway)[\s\S])*?&lt;ip_address&gt;\s*)[\d.]+/,
      (_, start: string) => start + this.address,
    );
  }
}

/** `IKEVersion` is `ikeVersion` in an answer. */
function element(name: string, content: string): string {
  const tag = name.replace(/^(?:IKE|[A-Z])/, (start) => start.toLowerCase());
  return `<${tag}>${content}</${tag}>`;
}
