import fc from 'fast-check';
import { Waves } from '../../../scripts/run/waves';

const CHAIN = [
  { id: 'net', requires: [] },
  { id: 'vault', requires: [] },
  { id: 'nodes', requires: ['net'] },
  { id: 'controller', requires: ['nodes', 'vault'] },
];

describe('Waves', () => {
  test('begins with what requires nothing and goes on as requirements are settled', () => {
    const waves = new Waves(CHAIN);
    expect(waves.ready).toEqual(['net', 'vault']);
    waves.set('net', { kind: 'settled' });
    expect(waves.ready).toEqual(['vault', 'nodes']);
  });

  test('defers what waits for a stack with changes, and names it', () => {
    const waves = new Waves(CHAIN);
    waves.set('net', { kind: 'changing' });
    waves.set('vault', { kind: 'settled' });
    expect(waves.ready).toEqual([]);
    expect(waves.deferred).toEqual([
      { stack: 'nodes', because: ['net'] },
      { stack: 'controller', because: ['nodes'] },
    ]);
  });

  test('skips everything behind a failure and names the failure, not what was skipped', () => {
    const waves = new Waves(CHAIN);
    waves.set('net', { kind: 'failed' });
    waves.set('vault', { kind: 'settled' });
    expect(waves.skipAfterFailures()).toEqual([
      { stack: 'nodes', because: 'net' },
      { stack: 'controller', because: 'net' },
    ]);
    expect(waves.ready).toEqual([]);
    expect(waves.skipAfterFailures()).toEqual([]);
  });

  test('takes a requirement that is not in the run as met', () => {
    expect(new Waves([{ id: 'nodes', requires: ['net'] }]).ready).toEqual(['nodes']);
  });

  test('destroys in the opposite order', () => {
    const waves = Waves.reversed(CHAIN);
    const order: string[][] = [];
    while (waves.ready.length > 0) {
      order.push([...waves.ready]);
      for (const stack of waves.ready) waves.set(stack, { kind: 'settled' });
    }
    expect(order).toEqual([['controller'], ['vault', 'nodes'], ['net']]);
  });

  const orderOf = (waves: Waves): readonly (readonly string[])[] => {
    const order: string[][] = [];
    while (waves.ready.length > 0) {
      order.push([...waves.ready]);
      for (const stack of waves.ready) waves.set(stack, { kind: 'settled' });
    }
    return order;
  };

  test('destroys what is gone after those that it outlives, in either direction', () => {
    const nodes = [
      { id: 'net', requires: [] },
      { id: 'old', requires: [], gone: true },
      { id: 'hub', requires: ['net', 'old'], gone: true },
    ];
    expect(orderOf(new Waves(nodes))).toEqual([['net', 'old'], ['hub']]);
    expect(orderOf(Waves.reversed(nodes))).toEqual([['net', 'old'], ['hub']]);
  });

  test('destroys what stays in the catalog after what is gone and may be on it, and applies it at once', () => {
    const nodes = [
      { id: 'hub', requires: [], destroyedAfter: ['old'] },
      { id: 'net', requires: ['hub'] },
      { id: 'old', requires: [], gone: true },
    ];
    expect(orderOf(new Waves(nodes))).toEqual([['hub', 'old'], ['net']]);
    expect(orderOf(Waves.reversed(nodes))).toEqual([['net', 'old'], ['hub']]);
  });

  test('settles every stack of any layered graph, never before its requirements', () => {
    const graph = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 12 }).map((edges) =>
      edges.map((targets, index) => ({
        id: `u${index}`,
        requires: index === 0 ? [] : targets.map((target) => `u${target % index}`),
      })),
    );
    fc.assert(
      fc.property(graph, (nodes) => {
        const waves = new Waves(nodes);
        const done = new Set<string>();
        while (waves.ready.length > 0) {
          for (const stack of waves.ready) {
            const requires = nodes.find((node) => node.id === stack)?.requires ?? [];
            expect(requires.every((id) => done.has(id))).toBe(true);
          }
          for (const stack of waves.ready) {
            waves.set(stack, { kind: 'settled' });
            done.add(stack);
          }
        }
        expect(done.size).toBe(nodes.length);
      }),
    );
  });
});
