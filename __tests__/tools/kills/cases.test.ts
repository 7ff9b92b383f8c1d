import {
  type Case,
  casesOf,
  FAULTS,
  momentText,
  phaseOf,
  TARGETS,
  type Wanted,
  whatOf,
} from '../../../tools/kills/cases';
import type { Reference } from '../../../tools/kills/reference';

function reference(name: string, apart: boolean, created: Readonly<Record<string, number>>): Reference {
  return {
    environment: { name, apart },
    seconds: { before: 2, apply: 4 },
    objects: new Map(),
    created: new Map(Object.entries(created)),
    left: new Map(),
    stacks: [],
  };
}

const DEV = reference('dev', true, { aws_eip: 1, aws_route: 3, aws_subnet: 4, aws_vpc: 2 });
const LAB = reference('lab', false, { vault_mount: 2, vault_policy: 3 });
const ALL: Wanted = { seed: 7, runs: 60, targets: TARGETS, faults: true, signal: 'SIGKILL' };

const text = ({ reference: { environment }, attack }: Case) =>
  [environment.name, whatOf(attack), phaseOf(attack), momentText(attack)].join(' ');
const textsOf = (wanted: Partial<Wanted>, references = [DEV, LAB]) =>
  casesOf(references, { ...ALL, ...wanted }).map(text);

it('follow from the seed alone', () => {
  expect(textsOf({})).toEqual(textsOf({}));
  expect(textsOf({})).not.toEqual(textsOf({ seed: 8 }));
});

it('are the first ones of a longer list with the same seed, so that one of them can be run again', () => {
  expect(textsOf({ runs: 60 }).slice(0, 10)).toEqual(textsOf({ runs: 10 }));
});

it('disturb each target, at objects and at times, and inject each fault', () => {
  const cases = casesOf([DEV], ALL);
  expect(new Set(cases.map(({ attack }) => `${whatOf(attack)} ${phaseOf(attack)}`))).toEqual(
    new Set([
      ...TARGETS.flatMap((target) => [`${target} object`, `${target} apply`, `${target} before`]),
      ...FAULTS.map((fault) => `fault ${fault}`),
    ]),
  );
});

it('take every type once before any a second time, and no object beyond those that are made', () => {
  const types = casesOf([DEV], { ...ALL, targets: [], runs: 8 }).map(({ attack }) => {
    if (attack.kind !== 'fault') throw new Error('no fault');
    expect(attack.call).toBeGreaterThanOrEqual(1);
    expect(attack.call).toBeLessThanOrEqual(DEV.created.get(attack.type) ?? 0);
    return attack.type;
  });
  expect([...types.slice(0, 4)].sort()).toEqual([...DEV.created.keys()]);
  expect([...types.slice(4)].sort()).toEqual([...DEV.created.keys()]);
});

it('kill at times within the undisturbed ones', () => {
  for (const { attack } of casesOf([DEV], ALL)) {
    if (attack.kind === 'fault' || attack.trigger.kind === 'object') continue;
    expect(attack.trigger.seconds).toBeLessThan(DEV.seconds[attack.trigger.kind]);
  }
});

it('do not kill apart what is one process', () => {
  const targets = new Set(casesOf([LAB], ALL).map(({ attack }) => whatOf(attack)));
  expect([...targets].sort()).toEqual(['all', 'driver+provider', 'fault', 'terraform']);
});

it('have more of the environment that makes more types', () => {
  const names = casesOf([DEV, LAB], { ...ALL, runs: 600 }).map(
    ({ reference: { environment } }) => environment.name,
  );
  const share = names.filter((name) => name === 'dev').length / names.length;
  expect(share).toBeGreaterThan(0.6);
  expect(share).toBeLessThan(0.74);
});
