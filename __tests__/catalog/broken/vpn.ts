import type { Broken } from './table';

export const VPN: readonly Broken[] = [
  {
    name: 'a pre-shared key',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { preshared_key: abcdefgh } }']],
    problems: [
      '16:32-45 secret aws.default.create.vpn.tunnel_options.preshared_key: a pre-shared key never stands in a catalog | remove it: the cloud chooses the key, or kakehashi where the cloud chooses none, and apply writes it into the files of the gateway',
    ],
  },
  {
    name: 'a pre-shared key by its full name',
    changes: [['vpn: {}', 'vpn: { tunnel1_preshared_key: abcdefgh }']],
    problems: [
      '16:14-35 secret aws.default.create.vpn.tunnel1_preshared_key: a pre-shared key never stands in a catalog | remove it: the cloud chooses the key, or kakehashi where the cloud chooses none, and apply writes it into the files of the gateway',
    ],
  },
  {
    name: 'a transit gateway',
    changes: [['vpn: {}', 'vpn: { gateway: transit }']],
    problems: [
      '16:7-10 missing-key aws.default.create.vpn: key "hub" is missing: the transit gateway that the network is attached to | write hub: NAME, a key of hubs',
    ],
  },
  {
    name: 'acceleration',
    changes: [['vpn: {}', 'vpn: { enable_acceleration: true }']],
    problems: [
      '16:14-33 refused-key aws.default.create.vpn.enable_acceleration: is of a transit gateway | write it in vpn of a hub, and here gateway: transit',
    ],
  },
  {
    name: 'bandwidth',
    changes: [['vpn: {}', 'vpn: { tunnel_bandwidth: large }']],
    problems: [
      '16:14-30 refused-key aws.default.create.vpn.tunnel_bandwidth: is of a transit gateway | write it in vpn of a hub, and here gateway: transit',
    ],
  },
  {
    name: 'IPv6 inside',
    changes: [['vpn: {}', 'vpn: { tunnels: [{ inside_ipv6_cidr: "fd00::/126" }, {}] }']],
    problems: [
      '16:26-42 not-built aws.default.create.vpn.tunnels[0].inside_ipv6_cidr: IPv6 is not built yet',
    ],
  },
  {
    name: 'a word that is not none',
    changes: [['vpn: {}', 'vpn: no-vpn']],
    problems: ['16:12-18 wrong-type aws.default.create.vpn: must be none or a map of keys, got "no-vpn"'],
  },
  {
    name: 'both ends with one ASN',
    changes: [['vpn: {}', 'vpn: { amazon_side_asn: 65000 }']],
    problems: [
      '16:31-36 same-asn aws.default.create.vpn.amazon_side_asn: must differ from site.asn, got 65000 for both | choose another from 64512 to 65534',
    ],
  },
  {
    name: 'an ASN that AWS refuses',
    changes: [['vpn: {}', 'vpn: { amazon_side_asn: 64000 }']],
    problems: [
      '16:31-36 bad-value aws.default.create.vpn.amazon_side_asn: must be from 64512 to 65534 or from 4200000000 to 4294967294, got 64000',
    ],
  },
  {
    name: 'policy-based with BGP',
    changes: [['vpn: {}', 'vpn: { mode: policy-based, routing: bgp }']],
    problems: [
      '16:20-32 policy-with-bgp aws.default.create.vpn.mode: policy-based cannot be combined with routing: bgp | use mode: route-based',
    ],
  },
  {
    name: 'policy-based with two networks',
    changes: [
      ['vpn: {}', 'vpn: { mode: policy-based }'],
      ['[10.0.2.0/24]', '[10.0.2.0/24, 10.0.3.0/24]'],
    ],
    problems: [
      "16:20-32 policy-networks aws.default.create.vpn.mode: a policy-based tunnel to AWS holds one pair of security associations, got 2 networks on the site's side | use mode: route-based",
    ],
  },
  {
    name: 'seed with options',
    changes: [['vpn: {}', 'vpn: { crypto: seed, tunnel_options: { phase1_dh_group_numbers: [14] } }']],
    problems: [
      '16:46-69 seed-with-options aws.default.create.vpn.tunnel_options.phase1_dh_group_numbers: crypto: seed sets no cryptographic option, so none can be given beside it | use crypto: compatible or modern, whose options can be replaced one by one',
    ],
  },
  {
    name: 'an option outside its range',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { phase1_lifetime_seconds: 60 } }']],
    problems: [
      '16:57-59 bad-value aws.default.create.vpn.tunnel_options.phase1_lifetime_seconds: must be a whole number from 900 to 28800, got 60',
    ],
  },
  {
    name: 'an algorithm that is none',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { phase1_encryption_algorithms: [AES512] } }']],
    problems: [
      '16:63-69 bad-value aws.default.create.vpn.tunnel_options.phase1_encryption_algorithms[0]: must be one of AES128, AES256, AES128-GCM-16, AES256-GCM-16, got "AES512"; did you mean "AES128"?',
    ],
  },
  {
    name: 'an algorithm twice',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { ike_versions: [ikev2, ikev2] } }']],
    problems: [
      '16:54-59 duplicate-value aws.default.create.vpn.tunnel_options.ike_versions[1]: "ikev2" stands twice in the list',
    ],
  },
  {
    name: 'lifetimes the wrong way round',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { phase1_lifetime_seconds: 1800 } }']],
    problems: [
      "16:57-61 bad-option aws.default.create.vpn.tunnel_options.phase1_lifetime_seconds: phase 2's lifetime (3600 s) must be shorter than phase 1's (1800 s)",
    ],
  },
  {
    name: 'a rekey margin over half',
    changes: [
      [
        'vpn: {}',
        'vpn: { tunnels: [{ rekey_margin_time_seconds: 1800, phase2_lifetime_seconds: 3000 }, {}] }',
      ],
    ],
    problems: [
      "16:53-57 bad-option aws.default.create.vpn.tunnels[0].rekey_margin_time_seconds: the rekey margin (1800 s) must be at most half of phase 2's lifetime (3000 s)",
    ],
  },
  {
    name: 'start with IKEv1',
    changes: [
      ['vpn: {}', 'vpn: { tunnel_options: { startup_action: start, ike_versions: [ikev1, ikev2] } }'],
    ],
    problems: [
      '16:48-53 bad-option aws.default.create.vpn.tunnel_options.startup_action: "start" needs ike_versions: [ikev2], got ["ikev1","ikev2"]',
    ],
  },
  {
    name: 'an unknown option',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { phase1_dh_groups: [14] } }']],
    problems: ['16:32-48 unknown-key aws.default.create.vpn.tunnel_options: unknown key "phase1_dh_groups"'],
  },
  {
    name: 'an inside CIDR for both tunnels',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { inside_cidr: 169.254.100.0/30 } }']],
    problems: [
      '16:32-43 refused-key aws.default.create.vpn.tunnel_options.inside_cidr: two tunnels cannot have one inside CIDR | write it in tunnels: [{ inside_cidr: … }, {}]',
    ],
  },
  {
    name: 'an inside CIDR that is no /30',
    changes: [['vpn: {}', 'vpn: { tunnels: [{ inside_cidr: 169.254.100.0/29 }, {}] }']],
    problems: [
      '16:39-55 bad-value aws.default.create.vpn.tunnels[0].inside_cidr: must be a /30 of 169.254.0.0/16, got "169.254.100.0/29" | for instance 169.254.100.0/30',
    ],
  },
  {
    name: 'an inside CIDR that AWS reserves',
    changes: [['vpn: {}', 'vpn: { tunnels: [{ inside_cidr: 169.254.0.0/30 }, {}] }']],
    problems: [
      '16:39-53 bad-value aws.default.create.vpn.tunnels[0].inside_cidr: must be an inside CIDR that AWS does not reserve, got "169.254.0.0/30" | for instance 169.254.100.0/30',
    ],
  },
  {
    name: 'one inside CIDR twice',
    changes: [
      ['vpn: {}', 'vpn: { tunnels: [{ inside_cidr: 169.254.9.0/30 }, { inside_cidr: 169.254.9.0/30 }] }'],
    ],
    problems: [
      '16:72-86 inside-cidr-taken aws.default.create.vpn.tunnels[1].inside_cidr: inside CIDR 169.254.9.0/30 is taken by dev/aws/default at the same gateway | choose another /30 of 169.254.0.0/16, or leave it to kakehashi',
    ],
  },
  {
    name: 'three tunnels',
    changes: [['vpn: {}', 'vpn: { tunnels: [{}, {}, {}] }']],
    problems: ['16:23-35 bad-value aws.default.create.vpn.tunnels: must be a list of exactly 2, got 3'],
  },
  {
    name: 'log options of a tunnel',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { log_options: {} } }']],
    problems: [
      '16:32-43 refused-key aws.default.create.vpn.tunnel_options.log_options: the logs of both tunnels are set in one place | use vpn.logs: { format: json, retention_days: 90 }',
    ],
  },
  {
    name: 'a retention that CloudWatch lacks',
    changes: [['vpn: {}', 'vpn: { logs: { retention_days: 100 } }']],
    problems: [
      '16:38-41 bad-value aws.default.create.vpn.logs.retention_days: must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got the number 100',
    ],
  },
  {
    name: 'BGP logs with an old provider',
    changes: [['vpn: {}', 'vpn: { logs: { bgp: true } }']],
    problems: [
      '16:27-31 provider-too-old aws.default.create.vpn.logs.bgp: needs providers.aws.version from 6.25.0 on, got ">= 5.100.0, < 7.0.0" | write providers.aws.version: \'>= 6.25.0, < 7.0.0\'',
    ],
  },
  {
    name: 'a DH group that the daemon has no more',
    changes: [['vpn: {}', 'vpn: { crypto: compatible, tunnel_options: { phase1_dh_group_numbers: [2] } }']],
    problems: [
      '16:77-80 incompatible aws.default.create.vpn.tunnel_options.phase1_dh_group_numbers: libreswan 4 has no DH group 2: not compiled in: too weak (RFC 8247) | use crypto: compatible (AES256, SHA2-256, DH group 14)',
    ],
  },
  {
    name: 'a DH group for one tunnel',
    changes: [['vpn: {}', 'vpn: { tunnels: [{}, { phase2_dh_group_numbers: [24] }] }']],
    problems: [
      '16:55-59 incompatible aws.default.create.vpn.tunnels[1].phase2_dh_group_numbers: libreswan 4 has no DH group 24: not supported: the origin of its prime is not known (RFC 8247) | use crypto: modern (AES256-GCM-16, DH group 20)',
    ],
  },
  {
    name: 'several DH groups for ESP',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { phase2_dh_group_numbers: [14, 20] } }']],
    problems: [
      '16:57-65 incompatible aws.default.create.vpn.tunnel_options.phase2_dh_group_numbers: libreswan 4 takes one DH group in ESP proposals, got 14, 20 | use phase2_dh_group_numbers: [20]',
    ],
  },
  {
    name: 'IKEv1',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { ike_versions: [ikev1] } }']],
    problems: [
      '16:46-53 incompatible aws.default.create.vpn.tunnel_options.ike_versions: the gateway speaks IKEv2 only, got IKEv1 (RFC 9395 retires it) | use ike_versions: [ikev2]',
    ],
  },
  {
    name: 'a dead peer that is noticed after two hours',
    changes: [['vpn: {}', 'vpn: { tunnel_options: { dpd_timeout_seconds: 7200 } }']],
    problems: [
      '16:53-57 incompatible aws.default.create.vpn.tunnel_options.dpd_timeout_seconds: the DPD timeout must be from 30 to 3600 s, got 7200 s | use 3600 s',
    ],
  },
  {
    name: 'policy-based with a mesh',
    changes: [
      ['vpn: {}', 'vpn: { mode: policy-based }'],
      ['asn: 65000', 'asn: 65000\n  mesh: true'],
      [
        '  adopted:',
        '  osaka: { aws_region: ap-northeast-3, private_network_ipmask: 172.29.2.0/24, create: { vpc_cidr: 172.29.0.0/16, egress: none } }\n  adopted:',
      ],
    ],
    problems: [
      "17:20-32 policy-networks aws.default.create.vpn.mode: a policy-based tunnel to AWS holds one pair of security associations, got 2 networks on the site's side | use mode: route-based",
    ],
  },
];
