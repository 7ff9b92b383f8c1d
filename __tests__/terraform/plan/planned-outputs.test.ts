import { plannedOutputs } from '../../../terraform/plan/planned-outputs';

const CANARY = 'canary.Secret_12345';
const ignore = () => undefined;

describe('plannedOutputs', () => {
  test('have what is not known yet in its place, at any depth', () => {
    const { tunnels } = plannedOutputs(
      {
        tunnels: {
          actions: ['create'],
          before: null,
          after: { a: { list: ['x'], known: 1 } },
          after_unknown: { a: { list: [false, true], address: true } },
        },
      },
      ignore,
    );
    expect(tunnels).toEqual({
      after: { a: { address: '(known after apply)', known: 1, list: ['x', '(known after apply)'] } },
      changed: ['a'],
    });
  });

  test('are wholly unknown where Terraform knows nothing of them', () => {
    const { catalog } = plannedOutputs(
      { catalog: { before: { aws: 1, other: 2 }, after: null, after_unknown: true } },
      ignore,
    );
    expect(catalog).toEqual({
      before: { aws: 1, other: 2 },
      after: '(known after apply)',
      changed: ['aws', 'other'],
    });
  });

  test('name the keys of a sensitive one that differ, and hold none of its values', () => {
    const learned: unknown[] = [];
    const outputs = plannedOutputs(
      {
        tunnel_keys: {
          before: { same: CANARY, other: `${CANARY}1`, unknown: `${CANARY}2` },
          after: { same: CANARY, other: `${CANARY}3` },
          after_unknown: { unknown: true },
          before_sensitive: true,
          after_sensitive: true,
        },
      },
      (value) => learned.push(value),
    );
    expect(outputs).toEqual({ tunnel_keys: { changed: ['other', 'unknown'] } });
    expect(JSON.stringify(learned)).toContain(`${CANARY}3`);
  });

  test('drop the values of outputs that nobody uses, also where they are not marked', () => {
    const outputs = plannedOutputs({ other: { before: { a: CANARY }, after: { a: 'b' } } }, ignore);
    expect(outputs).toEqual({ other: { changed: ['a'] } });
  });

  test('that stay equal have no changed key, whatever the order of their keys', () => {
    const { site } = plannedOutputs(
      { site: { before: { a: { x: 1, y: 2 } }, after: { a: { y: 2, x: 1 } }, after_unknown: {} } },
      ignore,
    );
    expect(site?.changed).toEqual([]);
  });

  test('of something else than a plan are none', () => {
    for (const value of [undefined, null, [], 'x']) expect(plannedOutputs(value, ignore)).toEqual({});
  });
});
