import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyWave } from '../../../../../scripts/run/apply-wave';
import { applyRotation } from '../../../../../scripts/run/gateway/rotation/apply';
import { planRotation } from '../../../../../scripts/run/gateway/rotation/plan';
import type { Waves } from '../../../../../scripts/run/waves';
import { Initializer } from '../../../../../scripts/session/init';
import type { PlanRecord } from '../../../../../terraform/plan/saved-plan';
import { sessionIn } from '../../../../support/session';
import { azureEnvironment } from '../../../kinds/azure-network/azure-stack';

jest.mock('../../../../../scripts/run/apply-wave');
jest.mock('../../../../../scripts/run/gateway/rotation/plan');

const KEY = 'NewNewNewNewNewNewNewNewNewNewNe';

describe('a rotation whose apply fails', () => {
  let root: string;
  let said: string[];
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'kakehashi-rotate-'));
    said = [];
    jest.mocked(applyWave).mockReset();
    jest.mocked(planRotation).mockReset();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** A plan that changes this many resources and outputs. */
  function record(resources: number, outputs: number): PlanRecord {
    const change = { address: 'c', resourceType: 't', action: 'update' };
    return {
      plan: `digest-${resources}-${outputs}`,
      summary: {
        stack: 'dev-azure-default',
        counts: { create: 0, update: resources, replace: 0, delete: 0, import: 0, forget: 0 },
        resources: Array.from({ length: resources }, () => change),
        outputs: Array.from({ length: outputs }, () => 'tunnel_keys'),
      },
    } as unknown as PlanRecord;
  }

  /** The applies end as this says, one after the other. */
  function applies(...ends: readonly ('settled' | 'failed')[]): void {
    const left = [...ends];
    jest.mocked(applyWave).mockImplementation(async (_, waves: Waves, __, [applied]) => {
      const end = left.shift();
      if (end === undefined || applied === undefined) throw new Error('no further apply is expected');
      waves.set('dev-azure-default', { kind: end });
      return [];
    });
  }

  async function rotated(interrupted = false): Promise<boolean> {
    const session = sessionIn(root, { variables: {} });
    jest.spyOn(session.report, 'say').mockImplementation((text = '') => {
      said.push(text);
    });
    if (interrupted) jest.spyOn(session.processes, 'interrupted', 'get').mockReturnValue(true);
    const { loaded, stack } = azureEnvironment();
    const own = { session, loaded, initializer: new Initializer(session) };
    const connection = { resource_group: 'dev-default', name: 'dev-azure-default' };
    return applyRotation(own, stack, { insideCidr: '169.254.21.2/32', connection }, KEY, record(1, 1));
  }

  test('is not looked into where it succeeds', async () => {
    applies('settled');
    expect(await rotated()).toBe(true);
    expect(planRotation).not.toHaveBeenCalled();
  });

  test('goes on where the cloud has the key: the second plan changes outputs alone and is applied', async () => {
    applies('failed', 'settled');
    jest.mocked(planRotation).mockResolvedValue(record(0, 1));
    expect(await rotated()).toBe(true);
    expect(applyWave).toHaveBeenCalledTimes(2);
    expect(jest.mocked(planRotation).mock.calls[0]?.slice(2)).toEqual(['169.254.21.2/32', KEY]);
    expect(said).toEqual([
      '\nlook      whether Azure has the new key all the same',
      '          Azure has it: the rotation goes on',
    ]);
  });

  test('goes on without an apply where the state has the key too', async () => {
    applies('failed');
    jest.mocked(planRotation).mockResolvedValue(record(0, 0));
    expect(await rotated()).toBe(true);
    expect(applyWave).toHaveBeenCalledTimes(1);
  });

  test('ends where the cloud has the old key, is not repeated, and says how to go on without the key', async () => {
    applies('failed');
    jest.mocked(planRotation).mockResolvedValue(record(1, 1));
    expect(await rotated()).toBe(false);
    expect(applyWave).toHaveBeenCalledTimes(1);
    const text = said.join('\n');
    expect(text).toContain('Azure has the old key: the tunnels are as before.');
    expect(text).toContain(
      'az network vpn-connection shared-key update --resource-group dev-default --connection-name dev-azure-default --value',
    );
    expect(text).toMatch(/--value "\$\(jq -r \.key .*rotation-key\.json\)"/);
    expect(text).not.toContain(KEY);
  });

  test('ends where the second apply fails too', async () => {
    applies('failed', 'failed');
    jest.mocked(planRotation).mockResolvedValue(record(0, 1));
    expect(await rotated()).toBe(false);
  });

  test('is not looked into after Ctrl-C', async () => {
    applies('failed');
    expect(await rotated(true)).toBe(false);
    expect(planRotation).not.toHaveBeenCalled();
  });
});
