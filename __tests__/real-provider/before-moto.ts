import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

/** What moto forgets of a VPN connection. */
interface Connection {
  readonly isStatic: boolean;
  readonly insideCidrs: readonly [string, string];
  readonly routes: Set<string>;
}

/** The route that a list of connections was asked for. */
interface Wanted {
  readonly connection?: string;
  readonly destination?: string;
}

/**
 * A server before moto that answers as AWS does where moto does not: it keeps the options and the static routes of VPN
 * connections, and gives a VPN gateway the number that AWS gives it. Every other request goes through.
 */
export class BeforeMoto {
  private readonly connections = new Map<string, Connection>();

  /** @param motoPort - where moto listens on the loopback interface */
  constructor(private readonly motoPort: number) {}

  listen(port: number): Promise<Server> {
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => this.answer(incoming, outgoing, Buffer.concat(chunks)));
    });
    return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
  }

  private answer(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): void {
    const form = new URLSearchParams(body.toString());
    switch (form.get('Action')) {
      case 'CreateVpnConnectionRoute':
      case 'DeleteVpnConnectionRoute':
        this.changeRoute(form, outgoing);
        return;
      case 'CreateVpnGateway':
        if (!form.has('AmazonSideAsn')) form.set('AmazonSideAsn', '64512');
        this.forward(incoming, outgoing, form.toString());
        return;
      case 'ModifySecurityGroupRules':
        this.forward(incoming, outgoing, withPorts(form).toString());
        return;
      case 'CreateVpnConnection':
        this.forward(incoming, outgoing, body, (text) => this.keep(form, text));
        return;
      case 'DescribeVpnConnections': {
        const wanted = withoutUnknownFilters(form);
        this.forward(incoming, outgoing, form.toString(), (text) => this.completed(text, wanted));
        return;
      }
      default:
        this.forward(incoming, outgoing, body);
    }
  }

  private changeRoute(form: URLSearchParams, outgoing: ServerResponse): void {
    const action = form.get('Action') ?? '';
    const routes = this.connections.get(form.get('VpnConnectionId') ?? '')?.routes;
    const destination = form.get('DestinationCidrBlock') ?? '';
    if (action.startsWith('Create')) routes?.add(destination);
    else routes?.delete(destination);
    outgoing.setHeader('content-type', 'text/xml');
    outgoing.end(
      `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId><return>true</return></${action}Response>`,
    );
  }

  private keep(form: URLSearchParams, text: string): string {
    const id = /<vpnConnectionId>([^<]*)</.exec(text)?.[1] ?? '';
    const inside = (number: 1 | 2) =>
      form.get(`Options.TunnelOption.${number}.TunnelInsideCidr`) ?? `169.254.${43 + number}.40/30`;
    this.connections.set(id, {
      isStatic: form.get('Options.StaticRoutesOnly') === 'true',
      insideCidrs: [inside(1), inside(2)],
      routes: new Set(),
    });
    return text;
  }

  /** The list with what moto has forgotten, of the connections that were asked for. */
  private completed(text: string, { connection, destination }: Wanted): string {
    const [start = '', ...items] = text.split(
      /(?=<item>\s*<vpnConnectionId>|<item>(?:(?!<item>)[\s\S])*?<vpnConnectionId>)/,
    );
    const shown = items.map((item) => {
      const id = /<vpnConnectionId>([^<]*)</.exec(item)?.[1] ?? '';
      const kept = this.connections.get(id);
      const isAskedFor =
        (connection === undefined || connection === id) &&
        (destination === undefined || kept?.routes.has(destination) === true);
      // What follows the last item closes the list.
      if (!isAskedFor) return /<\/item>(\s*<\/vpnConnectionSet>[\s\S]*)$/.exec(item)?.[1] ?? '';
      const plain = item.replace(/<(routes|options)>[\s\S]*?<\/\1>|<(routes|options)\s*\/>/g, '');
      const parts = kept === undefined ? '' : `${optionsText(kept)}${routesText(kept)}`;
      return withTwoAddresses(plain).replace('<vpnConnectionId>', `${parts}<vpnConnectionId>`);
    });
    return start + shown.join('');
  }

  private forward(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    body: string | Buffer,
    change: (text: string) => string = (text) => text,
  ): void {
    const { url: path, method } = incoming;
    const headers = { ...incoming.headers, 'content-length': String(Buffer.byteLength(body)) };
    const forwarded = ask({ host: '127.0.0.1', port: this.motoPort, path, method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.from(change(Buffer.concat(parts).toString()));
        const { 'transfer-encoding': _, 'content-length': __, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 500, { ...rest, 'content-length': String(text.length) });
        outgoing.end(text);
      });
    });
    forwarded.on('error', () => outgoing.destroy());
    forwarded.end(body);
  }
}

/** AWS takes a rule for everything without ports; moto wants them also then. */
function withPorts(form: URLSearchParams): URLSearchParams {
  for (const [name, value] of [...form]) {
    const rule = /^(.*)\.IpProtocol$/.exec(name)?.[1];
    if (rule === undefined || value !== '-1') continue;
    form.set(`${rule}.FromPort`, '-1');
    form.set(`${rule}.ToPort`, '-1');
  }
  return form;
}

/** Two tunnels end at two addresses; moto gives both the same. */
function withTwoAddresses(item: string): string {
  const address = /&lt;vpn_gateway&gt;(?:(?!&lt;\/vpn_gateway&gt;)[\s\S])*?&lt;ip_address&gt;\s*[\d.]+/g;
  let count = 0;
  return item.replace(address, (text) => (count++ === 0 ? text : text.replace(/[\d.]+$/, '203.0.113.2')));
}

function optionsText({ isStatic, insideCidrs }: Connection): string {
  const tunnels = insideCidrs.map((cidr) => `<item><tunnelInsideCidr>${cidr}</tunnelInsideCidr></item>`);
  return `<options><enableAcceleration>false</enableAcceleration><staticRoutesOnly>${isStatic}</staticRoutesOnly><localIpv4NetworkCidr>0.0.0.0/0</localIpv4NetworkCidr><remoteIpv4NetworkCidr>0.0.0.0/0</remoteIpv4NetworkCidr><tunnelInsideIpVersion>ipv4</tunnelInsideIpVersion><tunnelOptionSet>${tunnels.join('')}</tunnelOptionSet></options>`;
}

function routesText({ routes }: Connection): string {
  const items = [...routes].map(
    (network) =>
      `<item><destinationCidrBlock>${network}</destinationCidrBlock><source>Static</source><state>available</state></item>`,
  );
  return `<routes>${items.join('')}</routes>`;
}

/** Takes the filters out that moto does not know. */
function withoutUnknownFilters(form: URLSearchParams): Wanted {
  const kept: [string, string][] = [];
  let wanted: Wanted = {};
  for (let number = 1; form.has(`Filter.${number}.Name`); number++) {
    const name = form.get(`Filter.${number}.Name`) ?? '';
    const value = form.get(`Filter.${number}.Value.1`) ?? '';
    form.delete(`Filter.${number}.Name`);
    form.delete(`Filter.${number}.Value.1`);
    if (name === 'route.destination-cidr-block') wanted = { ...wanted, destination: value };
    else if (name === 'vpn-connection-id') wanted = { ...wanted, connection: value };
    else kept.push([name, value]);
  }
  kept.forEach(([name, value], index) => {
    form.set(`Filter.${index + 1}.Name`, name);
    form.set(`Filter.${index + 1}.Value.1`, value);
  });
  return wanted;
}
