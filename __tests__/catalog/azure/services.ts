import { azureCatalog } from '../../fixtures/azure-catalog';
import { NOT_RECORDED, numbered, type WrongCatalog, withCreate } from './table';

const STORAGE =
  '/subscriptions/12345678-1234-9876-4563-123456789012/resourceGroups/logs/providers/Microsoft.Storage/storageAccounts/';

/** The way to the Internet. */
export const EGRESS: readonly WrongCatalog[] = [
  withCreate(
    'a way to the Internet that is none',
    NOT_RECORDED,
    'egress: internet',
    '11:15 bad-value azure.default.create.egress',
  ),
  withCreate(
    'a NAT gateway in each zone',
    NOT_RECORDED,
    'egress: nat-per-zone',
    '11:15 bad-value azure.default.create.egress',
  ),
  withCreate(
    'a connection that is forgotten after 3 minutes',
    NOT_RECORDED,
    'nat: { idle_timeout_minutes: 3 }',
    '11:36 bad-value azure.default.create.nat.idle_timeout_minutes',
  ),
  withCreate(
    'a connection that is forgotten after 121 minutes',
    NOT_RECORDED,
    'nat: { idle_timeout_minutes: 121 }',
    '11:36 bad-value azure.default.create.nat.idle_timeout_minutes',
  ),
  withCreate(
    'a NAT gateway in a fourth zone',
    'InvalidAvailabilityZone',
    "nat: { zone: '4' }",
    '11:20 bad-value azure.default.create.nat.zone',
  ),
  {
    name: 'a NAT gateway in a zone of a region without',
    azure: 'LocationNotSupportAvailabilityZones',
    text: azureCatalog('{}', "      nat: { zone: '1' }\n")
      .replace('Japan East', 'West US')
      .replace('azure_zone: 2, ', ''),
    problems: ['11:20 zone-of-another-region azure.default.create.nat.zone'],
  },
  {
    name: 'options of a NAT gateway where there is none',
    azure: NOT_RECORDED,
    text: azureCatalog('{}', '      egress: none\n      nat: { idle_timeout_minutes: 10 }\n'),
    problems: ['12:7 refused-key azure.default.create.nat'],
  },
];

/** Name servers, logs, durations and tags. */
export const SERVICES: readonly WrongCatalog[] = [
  withCreate(
    'no name server',
    NOT_RECORDED,
    'dns: { servers: [] }',
    '11:23 bad-value azure.default.create.dns.servers',
  ),
  withCreate(
    '21 name servers',
    NOT_RECORDED,
    `dns: { servers: [${numbered(21, (one) => `10.0.2.${one}`)}] }`,
    '11:23 bad-value azure.default.create.dns.servers',
  ),
  withCreate(
    'a name server by name',
    NOT_RECORDED,
    'dns: { servers: [ns.example.org] }',
    '11:24 bad-value azure.default.create.dns.servers[0]',
  ),
  withCreate(
    'a domain to search',
    NOT_RECORDED,
    'dns: { servers: [10.0.2.53], search: example.org }',
    '11:36 refused-key azure.default.create.dns.search',
  ),
  withCreate(
    'flow logs without an account',
    NOT_RECORDED,
    'flow_logs: true',
    '11:18 missing-key azure.default.create.flow_logs',
  ),
  withCreate(
    'flow logs with the name of an account',
    NOT_RECORDED,
    'flow_logs: { storage_account_id: logs }',
    '11:40 bad-value azure.default.create.flow_logs.storage_account_id',
  ),
  withCreate(
    'flow logs with an account of capital letters',
    NOT_RECORDED,
    `flow_logs: { storage_account_id: ${STORAGE}Logs }`,
    '11:40 bad-value azure.default.create.flow_logs.storage_account_id',
  ),
  withCreate(
    'flow logs that are no map',
    NOT_RECORDED,
    'flow_logs: daily',
    '11:18 wrong-type azure.default.create.flow_logs',
  ),
  withCreate(
    'a gateway in less than 30 minutes',
    NOT_RECORDED,
    'timeouts: { gateway: 29m }',
    '11:28 bad-value azure.default.create.timeouts.gateway',
  ),
  withCreate(
    'a gateway in more than 3 hours',
    NOT_RECORDED,
    'timeouts: { gateway: 181m }',
    '11:28 bad-value azure.default.create.timeouts.gateway',
  ),
  withCreate(
    'a connection in less than 30 minutes',
    NOT_RECORDED,
    'timeouts: { connection: 1799s }',
    '11:31 bad-value azure.default.create.timeouts.connection',
  ),
  withCreate(
    'minutes without a unit',
    NOT_RECORDED,
    'timeouts: { connection: 60 }',
    '11:31 wrong-type azure.default.create.timeouts.connection',
  ),
  withCreate(
    '46 tags',
    NOT_RECORDED,
    `tags: { ${numbered(46, (one) => `t${one}: x`)} }`,
    '11:13 bad-value azure.default.create.tags',
  ),
  withCreate(
    'a tag with a reserved character',
    NOT_RECORDED,
    "tags: { 'cost/center': x }",
    '11:15 bad-name azure.default.create.tags',
  ),
  withCreate(
    "a tag that is Azure's",
    NOT_RECORDED,
    'tags: { Microsoft.owner: x }',
    '11:15 bad-name azure.default.create.tags',
  ),
  withCreate(
    'a tag that is ours',
    NOT_RECORDED,
    "tags: { 'kakehashi:entry': x }",
    '11:15 bad-name azure.default.create.tags',
  ),
  withCreate(
    'a tag that is ours in other letters',
    NOT_RECORDED,
    'tags: { Environment: prod }',
    '11:15 bad-name azure.default.create.tags',
  ),
  withCreate(
    'two tags that differ in case',
    NOT_RECORDED,
    'tags: { owner: a, Owner: b }',
    '11:25 name-clash azure.default.create.tags.Owner',
  ),
  withCreate(
    'a tag of 257 characters',
    NOT_RECORDED,
    `tags: { owner: ${'x'.repeat(257)} }`,
    '11:22 bad-value azure.default.create.tags.owner',
  ),
  withCreate(
    'a tag that is a number',
    NOT_RECORDED,
    'tags: { owner: 1 }',
    '11:22 wrong-type azure.default.create.tags.owner',
  ),
];
