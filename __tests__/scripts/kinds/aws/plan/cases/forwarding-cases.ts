import { type TrafficCase, without } from './case';

const ENTRY = 'forward: { corp.example.org: [10.0.2.53, 10.0.2.54], lab.example.org: [10.0.2.53] }';
const named = (to: string): TrafficCase['edits'] => [['named.yml', ENTRY, to]];

/** Domains about which the resolver of the network asks those of the site. */
export const FORWARDING_CASES: readonly TrafficCase[] = [
  {
    name: 'domains for the site',
    environment: 'bgp',
    edits: [
      [
        'bgp.yml',
        'egress: none',
        'dns: { forward: { a.org: [10.0.2.54, 10.0.2.53], b.org: [10.0.2.53, 10.0.2.54], c.org: [10.0.2.53] } }\n      egress: none',
      ],
    ],
    changes: ['forwarding added'],
    says: [
      'names of a.org and b.org are asked of 10.0.2.53 and 10.0.2.54; nodes keep what they know until its time to live is over',
      'names of c.org are asked of 10.0.2.53; nodes keep what they know until its time to live is over',
    ],
  },
  {
    name: 'all names for the site, and what they ask beside',
    environment: 'bgp',
    edits: [
      [
        'bgp.yml',
        'egress: none',
        "dns: { search: example.org, forward: { '.': [10.0.2.53] } }\n      egress: none",
      ],
    ],
    changes: ['DHCP options added', 'forwarding added'],
    says: [
      'all names are asked of 10.0.2.53; nodes keep what they know until its time to live is over',
      'name servers and domain of the nodes are set by DHCP; nodes take that with their next lease, within minutes or when they start',
    ],
  },
  {
    name: 'no domain any more',
    environment: 'named',
    edits: named('forward: {}'),
    changes: ['forwarding removed'],
    says: [
      "names of corp.example.org are no longer asked of 10.0.2.53 and 10.0.2.54: AWS's own resolver answers, which does not know the site's",
      "names of lab.example.org are no longer asked of 10.0.2.53: AWS's own resolver answers, which does not know the site's",
    ],
  },
  {
    name: 'another resolver, another domain',
    environment: 'named',
    edits: named('forward: { corp.example.org: [10.0.2.54], b.example.org: [10.0.2.53] }'),
    changes: ['forwarding added', 'forwarding removed', 'resolvers changed'],
    says: [
      "names of lab.example.org are no longer asked of 10.0.2.53: AWS's own resolver answers, which does not know the site's",
      'names of corp.example.org are asked of 10.0.2.54 in place of 10.0.2.53 and 10.0.2.54',
      'names of b.example.org are asked of 10.0.2.53; nodes keep what they know until its time to live is over',
    ],
  },
  {
    name: 'an endpoint that failed, which takes its rules with it',
    environment: 'named',
    taint: 'aws_route53_resolver_endpoint.Forwarding_Endpoint',
    changes: ['forwarding replaced'],
    says: [
      "names of corp.example.org are asked of 10.0.2.53 and 10.0.2.54 by a rule that is REPLACED: AWS's own resolver answers in between",
      "names of lab.example.org are asked of 10.0.2.53 by a rule that is REPLACED: AWS's own resolver answers in between",
    ],
  },
  {
    name: 'the use of a rule that failed',
    environment: 'named',
    taint: 'aws_route53_resolver_rule_association.Forwarding_Association-lab_example_org',
    changes: ['forwarding replaced'],
    says: [
      "names of lab.example.org are asked of 10.0.2.53 by a rule that is REPLACED: AWS's own resolver answers in between",
    ],
  },
  {
    name: 'the use of a rule that is gone',
    environment: 'named',
    configure: without('aws_route53_resolver_rule_association', 'Forwarding_Association-lab_example_org'),
    changes: ['forwarding removed'],
    says: [
      "names of lab.example.org are no longer asked of 10.0.2.53: AWS's own resolver answers, which does not know the site's",
    ],
  },
  {
    name: 'a subnet with an interface is removed, which takes the endpoint and its rules with it',
    environment: 'named',
    edits: [
      [
        'named.yml',
        '  second:\n    aws_availability_zone: us-west-2c\n    private_network_ipmask: 172.23.3.0/24\n    create: { within: default }\n',
        '',
      ],
    ],
    changes: ['forwarding replaced', 'subnet destroyed'],
    says: [
      'subnet 172.23.3.0/24 is DESTROYED: delete its nodes first, because AWS refuses to delete a subnet that is in use',
      "names of corp.example.org are asked of 10.0.2.53 and 10.0.2.54 by a rule that is REPLACED: AWS's own resolver answers in between",
      "names of lab.example.org are asked of 10.0.2.53 by a rule that is REPLACED: AWS's own resolver answers in between",
    ],
  },
  {
    name: 'other addresses of the interfaces',
    environment: 'named',
    configure: (resources) => {
      const endpoint = resources.aws_route53_resolver_endpoint?.Forwarding_Endpoint ?? {};
      const [first] = Array.isArray(endpoint.ip_address) ? endpoint.ip_address : [];
      endpoint.ip_address = ['172.23.2.253', '172.23.2.254'].map((ip) => ({ ...first, ip }));
    },
    changes: ['forwarding changed'],
    says: [
      'network interfaces from which resolvers are asked change in place: new ones come before old ones go',
    ],
  },
];
