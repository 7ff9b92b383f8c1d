import type { ObjectValue, Value } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import type { ResourceType } from '../../sandbox/provider/resource-type';
import type { ProviderClient } from '../provider-client';
import { messageOf } from './refusals';
import { requiredOnly, type Settable, sampleOf, settableIn } from './samples';

/** More legal values than these make too many pairs, and none of them excludes another argument. */
const MOST_VALUES = 4;

/** The options of a tunnel come twice, and every pair of them would be asked: two thousand plans. */
const TUNNEL_OPTION = /^tunnel\d_(?!inside|preshared)/;

function legalValues({ path: [name = ''], attribute }: Settable, type: ResourceType): readonly Value[] {
  const legal = type.behaviour.values[name]?.oneOf ?? [];
  if (attribute.type === 'bool') return [true, false];
  if (legal.length === 0 || legal.length > MOST_VALUES) return [sampleOf(attribute.type, 1, legal)];
  return legal.map((value) => sampleOf(attribute.type, 0, [value]));
}

/** Plans of a create to ask about: with each optional argument alone, and with each two of them. */
function plansOf(type: ResourceType): readonly ObjectValue[] {
  const singles = settableIn(type.schema.block)
    .filter(
      ({ path: [name = '', ...rest], attribute }) =>
        rest.length === 0 && !attribute.required && name !== 'id',
    )
    .filter(({ path: [name = ''] }) => !TUNNEL_OPTION.test(name))
    .flatMap((settable) =>
      legalValues(settable, type).map((value) => [settable.path[0] ?? '', value] as const),
    );
  const pairs = singles.flatMap(([name, value], index) =>
    singles
      .slice(index + 1)
      .filter(([other]) => other !== name)
      .map(([other, second]) => ({ [name]: value, [other]: second })),
  );
  return [...singles.map(([name, value]) => ({ [name]: value })), ...pairs];
}

/** Asks for each of these plans why it is refused. The key of an answer is what the configuration has beside what is required. */
export async function askPlans(
  client: ProviderClient,
  type: ResourceType,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { block } = type.schema;
  const base = requiredOnly(block, type.behaviour);
  const answers = new Map<string, readonly string[]>();
  for (const given of plansOf(type)) {
    const config = completed(block, { ...base, ...given });
    const { diagnostics } = await client.plan(type.name, null, config, config);
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map(messageOf);
    answers.set(JSON.stringify(given), errors.sort());
  }
  return answers;
}
