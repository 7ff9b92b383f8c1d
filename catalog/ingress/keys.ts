import { PORT_PROFILES } from '../../model/net/port-profiles';
import { ICMP_TYPE, PORTS, PROTOCOL, SOURCE } from '../shape/formats';
import {
  choice,
  either,
  explained,
  list,
  map,
  optional,
  rows,
  TEXT,
  text,
  whole,
  withDefault,
} from '../shape/shapes';

const PROFILE = explained(choice(...PORT_PROFILES), {
  'vc-node': 'what a node of VCP needs: SSH, Docker API, metrics, Serf',
  controller: 'what a controller needs: REST API, Vault, Grafana, Serf',
  jupyter: 'Jupyter notebook, port 8888, from the site',
  htcondor: 'HTCondor, port 9618, from the site, the nodes, the other networks',
  'open-site': 'everything from the site and between nodes',
});

const PORT = whole(0, 65535);

export const RULE = map({
  profile: optional(PROFILE, 'A named set of rules, instead of everything else'),
  protocol: optional(
    either(PROTOCOL.expected, { text: text(PROTOCOL), whole: whole(-1, 255) }),
    'tcp, udp, icmp, all, or another one by its name or number: esp, 50',
  ),
  ports: optional(
    either(PORTS.expected, {
      text: text(PORTS),
      whole: PORT,
      list: list(
        either("a port or a range of ports like '22' or '8000-8010'", { text: text(PORTS), whole: PORT }),
        {
          min: 1,
          max: 60,
        },
      ),
    }),
    "Port '22', range '8000-8010', or a list of them, for tcp and udp",
  ),
  icmp_type: withDefault(
    either(ICMP_TYPE.expected, { text: text(ICMP_TYPE), whole: whole(-1, 255) }),
    -1,
    'ICMP type by its number (RFC 792) or name: echo-request; -1 is any',
  ),
  icmp_code: withDefault(whole(-1, 255), -1, 'ICMP code; -1 is any'),
  from: optional(
    either('a source or a list of sources', {
      text: text(SOURCE),
      list: list(text(SOURCE), { min: 1, max: 60 }),
    }),
    'site, self, a CIDR, another entry (aws/other), a prefix list (pl-…) or security group (sg-…)',
  ),
  description: optional(TEXT, 'What the rule is for'),
  allow_public: optional(TEXT, 'Why everybody may come in; needed for 0.0.0.0/0'),
});

export const INGRESS = either('a port profile or a list of rules', {
  text: PROFILE,
  list: rows(RULE, { max: 100 }),
});
