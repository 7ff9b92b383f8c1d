import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { TunnelOptions } from './tunnel-options';

/** What moto forgets of a VPN connection. */
interface Connection {
  readonly isStatic: boolean;
  readonly tunnels: readonly [TunnelOptions, TunnelOptions];
  readonly routes: Set<string>;
}

/** The route that a list of connections was asked for. */
interface Wanted {
  readonly connection?: string;
  readonly destination?: string;
}

/**
 * A server before moto that answers as AWS does where moto does not: it keeps the options and the static routes of VPN
 * connections, what gateways propagate into route tables, and the descriptions of rules whose peer is a group, and gives a VPN
 * gateway the number that AWS gives it. Every other request goes through.
 */
export class BeforeMoto {
  private readonly connections = new Map<string, Connection>();
  /** The gateways of a route table. */
  private readonly propagations = new Map<string, Set<string>>();
  /** By the id of a rule. */
  private readonly descriptions = new Map<string, string>();

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
      case 'EnableVgwRoutePropagation':
      case 'DisableVgwRoutePropagation':
        this.changePropagation(form, outgoing);
        return;
      case 'DescribeRouteTables':
        this.forward(incoming, outgoing, body, (text) => this.withPropagations(text));
        return;
      case 'ModifySecurityGroupRules':
        this.keepDescription(form.get('SecurityGroupRule.1.SecurityGroupRuleId') ?? '', form);
        this.forward(incoming, outgoing, withPorts(form).toString());
        return;
      case 'AuthorizeSecurityGroupIngress':
      case 'AuthorizeSecurityGroupEgress':
        this.forward(incoming, outgoing, body, (text) => {
          this.keepDescription(/<securityGroupRuleId>([^<]*)</.exec(text)?.[1] ?? '', form);
          return text;
        });
        return;
      case 'DescribeSecurityGroupRules':
        this.forward(incoming, outgoing, body, (text) => this.withDescriptions(text));
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
    confirm(action, outgoing);
  }

  private changePropagation(form: URLSearchParams, outgoing: ServerResponse): void {
    const action = form.get('Action') ?? '';
    const table = form.get('RouteTableId') ?? '';
    const gateways = this.propagations.get(table) ?? new Set();
    const gateway = form.get('GatewayId') ?? '';
    if (action.startsWith('Enable')) gateways.add(gateway);
    else gateways.delete(gateway);
    this.propagations.set(table, gateways);
    confirm(action, outgoing);
  }

  /** An association names its table, too, and has no use for the gateways. */
  private withPropagations(text: string): string {
    return text.replace(/<routeTableId>([^<]*)<\/routeTableId>/g, (own, table: string) => {
      const items = [...(this.propagations.get(table) ?? [])].map(
        (gateway) => `<item><gatewayId>${gateway}</gatewayId></item>`,
      );
      return items.length === 0 ? own : `${own}<propagatingVgwSet>${items.join('')}</propagatingVgwSet>`;
    });
  }

  /** A request of the provider is about one rule. */
  private keepDescription(rule: string, form: URLSearchParams): void {
    const [, description] = [...form].find(([name]) => name.endsWith('.Description')) ?? [];
    if (description === undefined) this.descriptions.delete(rule);
    else this.descriptions.set(rule, description);
  }

  /** moto keeps the description of a rule with its network, and has none for a rule whose peer is a group. */
  private withDescriptions(text: string): string {
    return text.replace(
      /(<securityGroupRuleId>([^<]*)<\/securityGroupRuleId>)((?:(?!<securityGroupRuleId>)[\s\S])*?<referencedGroupInfo>)/g,
      (all, id: string, rule: string, rest: string) => {
        const description = this.descriptions.get(rule);
        return description === undefined ? all : `${id}<description>${description}</description>${rest}`;
      },
    );
  }

  private keep(form: URLSearchParams, text: string): string {
    const id = /<vpnConnectionId>([^<]*)</.exec(text)?.[1] ?? '';
    const address = (tunnel: number) => `203.0.113.${2 * this.connections.size + tunnel}`;
    this.connections.set(id, {
      isStatic: form.get('Options.StaticRoutesOnly') === 'true',
      tunnels: [new TunnelOptions(form, 1, address(1)), new TunnelOptions(form, 2, address(2))],
      routes: new Set(),
    });
    return text;
  }

  /** The list with what moto has forgotten, of the connections that were asked for. */
  private completed(text: string, { connection, destination }: Wanted): string {
    return text.replace(/(<vpnConnectionSet>)([\s\S]*)(<\/vpnConnectionSet>)/, (_, start, inner, end) => {
      const shown = itemsOf(inner).map((item) => {
        const id = /<vpnConnectionId>([^<]*)</.exec(item)?.[1] ?? '';
        const kept = this.connections.get(id);
        const isAskedFor =
          (connection === undefined || connection === id) &&
          (destination === undefined || kept?.routes.has(destination) === true);
        if (!isAskedFor) return '';
        if (kept === undefined) return item;
        const plain = item.replace(/<(routes|options)>[\s\S]*?<\/\1>|<(routes|options)\s*\/>/g, '');
        const parts = `${optionsText(kept)}${routesText(kept)}`;
        return withTunnels(plain, kept).replace('<vpnConnectionId>', () => `${parts}<vpnConnectionId>`);
      });
      return `${start}${shown.join('')}${end}`;
    });
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

/** The items of a set, with the items that they hold themselves. */
function itemsOf(set: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of set.matchAll(/<\/?item>/g)) {
    if (tag === '<item>' && depth++ === 0) start = index;
    if (tag === '</item>' && --depth === 0) items.push(set.slice(start, index + tag.length));
  }
  return items;
}

/** The answer to a change that has no other. */
function confirm(action: string, outgoing: ServerResponse): void {
  outgoing.setHeader('content-type', 'text/xml');
  outgoing.end(
    `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId><return>true</return></${action}Response>`,
  );
}

/** The configuration of the gateway with what was asked for its tunnels. */
function withTunnels(item: string, { tunnels }: Connection): string {
  let count = 0;
  const tunnel = /&lt;ipsec_tunnel&gt;(?:(?!\/ipsec_tunnel)[\s\S])*/g;
  return item.replace(tunnel, (text) => tunnels[count++]?.inConfiguration(text) ?? text);
}

function optionsText({ isStatic, tunnels }: Connection): string {
  const items = tunnels.map((tunnel) => `<item>${tunnel.item()}</item>`);
  return `<options><enableAcceleration>false</enableAcceleration><staticRoutesOnly>${isStatic}</staticRoutesOnly><localIpv4NetworkCidr>0.0.0.0/0</localIpv4NetworkCidr><remoteIpv4NetworkCidr>0.0.0.0/0</remoteIpv4NetworkCidr><tunnelInsideIpVersion>ipv4</tunnelInsideIpVersion><tunnelOptionSet>${items.join('')}</tunnelOptionSet></options>`;
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
