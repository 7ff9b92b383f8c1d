import { type DynamicValue, decodeValue, isList, isObject, type Value } from '../../sandbox/protocol/values';
import type { Message } from '../../sandbox/protocol/wire';
import type { ResourceType } from '../../sandbox/provider/resource-type';
import type { RecordedImports } from '../../sandbox/schemas/schema';
import type { ProviderClient } from '../provider-client';

/** Ids of the forms that some type takes. None of them is the id of an object. */
const IDS = [
  'x',
  'x-1',
  'x/y',
  'x/y/z',
  'x:y',
  'x_y',
  'x_y_z',
  'x/data/y',
  'x/role/y',
  'auth/x/role/y',
  'auth/token/roles/x',
  'auth/x/role/y/secret-id/z',
  'backend=x::role=y::accessor=z',
  'rtb-1_10.0.0.0/8',
  'rtb-1_2001:db8::/32',
  'rtb-1_pl-1',
  'subnet-1/rtb-1',
  'sg-1_ingress_tcp_1_2',
  'sg-1_ingress_tcp_1_2_self',
  'sg-1_ingress_tcp_1_2_10.0.0.0/8',
  'sg-1_egress_-1_0_0_10.0.0.0/8_2001:db8::/32',
  'sg-1_egress_all_0_65536_sg-2',
  'sg-1_ingress_icmp_8_0_pl-1',
  'sg-1_x_tcp_1_2_self',
  'sg-1_ingress_foo_1_2_self',
  'sg-1_ingress_tcp_a_2_self',
  'sg-1_ingress_tcp_1_b_self',
  'sg-1_ingress_tcp_2_1_self',
  'sg-1_ingress_tcp_1_2_',
  'sg-1_ingress_6_1_2_self',
  'sg-1_ingress_TCP_1_2_self',
  'sg-1_ingress_999_1_2_self',
  'sg-1_ingress_tcp_1_2_foo',
  'sg-1_ingress_tcp_1_2_self_10.0.0.0/8_10.1.0.0/16',
  'x_ingress_tcp_1_2_self',
];

/** Words of an answer for which the provider needed its cloud. */
const ASKED_THE_CLOUD =
  /operation error|request send failed|dial tcp|connection refused|Error making API request/;

/** The answer in the recording for such an import. */
export const CLOUD = 'asks the cloud';

const EVERYTHING = 'everything';

function isNothing(value: Value): boolean {
  return value === null || (isList(value) && value.length === 0);
}

/** The provider's words, or the attributes of the imported object as JSON; in both `{id}` stands for the id. */
async function askImport(client: ProviderClient, type: string, id: string): Promise<string> {
  const answer = await client.call('ImportResourceState', { type_name: type, id });
  const problems = ((answer.diagnostics ?? []) as readonly Message[]).map(({ summary, detail }) =>
    [summary, detail].filter((part) => part !== undefined && part !== '').join(': '),
  );
  if (problems.some((problem) => ASKED_THE_CLOUD.test(problem))) return CLOUD;
  const words = (text: string) =>
    id.length < 3 ? text.replace(`: ${id}.`, ': {id}.') : text.replaceAll(id, '{id}');
  if (problems.length > 0)
    return problems.map((problem) => words(problem.replaceAll(JSON.stringify(id), '"{id}"'))).join('\n');
  const [imported] = (answer.imported_resources ?? []) as readonly Message[];
  const state = decodeValue(imported?.state as DynamicValue | undefined);
  const set = Object.entries(isObject(state) ? state : {}).filter(([, value]) => !isNothing(value));
  const sorted = set.sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(
    Object.fromEntries(sorted.map(([name, value]) => [name, value === id ? '{id}' : value])),
  );
}

/** Asks a running provider for imports of one type: each answer with the ids that got it, or `everything`. */
export async function askImports(client: ProviderClient, { name }: ResourceType): Promise<RecordedImports> {
  const answers: Record<string, string[]> = {};
  for (const id of IDS) {
    const answer = await askImport(client, name, id);
    answers[answer] = [...(answers[answer] ?? []), id];
  }
  const same = Object.keys(answers).length === 1;
  return same ? Object.fromEntries(Object.keys(answers).map((answer) => [answer, [EVERYTHING]])) : answers;
}

/** The recorded answers by id. */
export function answersById(recorded: RecordedImports): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(recorded).flatMap(([answer, ids]) =>
      (ids.includes(EVERYTHING) ? IDS : ids).map((id) => [id, answer] as const),
    ),
  );
}
