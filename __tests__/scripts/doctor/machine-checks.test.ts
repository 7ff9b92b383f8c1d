import * as fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Examination } from '../../../scripts/doctor/check';
import { CLOCK_CHECK } from '../../../scripts/doctor/clock-check';
import { DISK_CHECK } from '../../../scripts/doctor/disk-check';
import { OUTSIDE_CHECK } from '../../../scripts/doctor/outside-check';
import { ServerTimes } from '../../../scripts/kinds/server-times';
import { settingsOf } from '../../../scripts/session/settings';
import { GOOD } from '../../catalog/folder-of';
import { temporaryFolder } from '../../support/catalog-folder';
import { loadedFrom } from '../../support/loaded';
import { freePort } from '../../support/ports';

/** Megabytes and inodes that the disk has left; undefined for what it really has. */
const left: { megabytes?: number; inodes?: number } = {};

jest.mock('node:fs', () => {
  const actual = jest.requireActual<typeof fs>('node:fs');
  return {
    ...actual,
    statfsSync: (folder: string) => {
      const { megabytes, inodes } = left;
      const real = actual.statfsSync(folder);
      return {
        ...real,
        ...(megabytes === undefined ? {} : { bsize: 1024 * 1024, bavail: megabytes }),
        ...(inodes === undefined ? {} : { files: 100, ffree: inodes }),
      };
    },
  };
});

const LOADED = loadedFrom(GOOD);

function examination(more: Partial<Examination> = {}): Examination {
  const stop = new AbortController().signal;
  return {
    environment: 'dev',
    settings: settingsOf({}, {}),
    catalog: LOADED,
    stop,
    variables: {},
    times: new ServerTimes(),
    downloads: [],
    binary: { value: undefined },
    ...more,
  } as Examination;
}

describe('the clock', () => {
  const NOW = Date.parse('2026-05-04T12:00:00Z');
  const of = async (...ahead: readonly number[]) => {
    const times = new ServerTimes();
    for (const seconds of ahead) times.note('a.example', new Date(NOW - seconds * 1000).toUTCString(), NOW);
    const [finding] = await CLOCK_CHECK.look(examination({ times }));
    return [finding?.verdict, finding?.found];
  };

  test.each([
    [[], 'noted', 'not compared: no server was asked that tells its time'],
    [[0], 'passed', 'within 60 s of a.example'],
    [[-60, 3], 'passed', 'within 60 s of a.example'],
    [[61], 'noted', '1 min 1 s ahead of a.example'],
    [[-300], 'noted', '5 min behind a.example'],
    [[2, -301], 'failed', '5 min 1 s behind a.example: signed requests are refused from 5 min on'],
    [[600], 'failed', '10 min ahead of a.example: signed requests are refused from 5 min on'],
  ])('%j seconds ahead: %s', async (ahead, verdict, found) => {
    expect(await of(...ahead)).toEqual([verdict, found]);
  });

  test('an answer without a time tells nothing', async () => {
    const times = new ServerTimes();
    times.note('a.example', undefined);
    times.note('a.example', 'yesterday');
    expect(times.farthest).toBeUndefined();
  });
});

describe('the disk', () => {
  afterEach(() => {
    delete left.megabytes;
    delete left.inodes;
  });
  const verdicts = async (more: Partial<Examination> = {}) =>
    (await DISK_CHECK.look(examination(more))).map(({ verdict, found }) => `${verdict}: ${found}`);

  test.each([
    [49, [], 'failed: 49 MB free, and a run needs 50 MB'],
    [50, [], 'passed: 50 MB free'],
    [1049, ['hashicorp/aws'], 'failed: 1049 MB free, and a run needs 1050 MB'],
    [1050, ['hashicorp/aws'], 'passed: 1050 MB free'],
    [1150, ['hashicorp/aws', 'hashicorp/vault'], 'passed: 1150 MB free'],
  ])('%i MB left, and %j to be downloaded: %s', async (megabytes, downloads, expected) => {
    left.megabytes = megabytes;
    const found = await verdicts({ downloads, variables: { TF_PLUGIN_CACHE_DIR: process.cwd() } });
    expect(found).toContain(expected);
  });

  test('without inodes', async () => {
    left.inodes = 0;
    expect(await verdicts()).toContain('failed: no file can be created any more (no inodes)');
  });

  test('a folder that can not be written', async () => {
    const folder = temporaryFolder();
    const locked = path.join(folder, 'locked');
    fs.mkdirSync(locked, { mode: 0o500 });
    if (process.getuid?.() === 0) return;
    const settings = settingsOf({ catalog: locked }, {});
    expect(await verdicts({ settings })).toContain("failed: can't be written (EACCES)");
  });
});

describe('the address that the outside sees', () => {
  async function seen(answer: { readonly status?: number; readonly body: string }) {
    const server = createServer((_, response) => {
      response.statusCode = answer.status ?? 200;
      response.end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [finding] = await OUTSIDE_CHECK.look(examination({ outsideAddress: url }));
    await new Promise((resolve) => server.close(resolve));
    return `${finding?.verdict}: ${finding?.found.replaceAll(url, 'URL')}`;
  }
  const publicIp = String(LOADED.catalog.site?.gateways[0].publicIp);

  test('is asked for nowhere, unless a service is named', async () => {
    const asked = jest.spyOn(globalThis, 'fetch');
    const [finding] = await OUTSIDE_CHECK.look(examination());
    expect(finding).toMatchObject({
      verdict: 'noted',
      found: 'not compared with the address that the outside sees',
    });
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test('is that of the catalog, or another, or not told', async () => {
    expect(await seen({ body: `${publicIp}\n` })).toBe(`passed: ${publicIp}, as URL sees this machine`);
    expect(await seen({ body: '192.0.2.9' })).toBe(
      `noted: URL sees this machine at 192.0.2.9, and the catalog says ${publicIp}`,
    );
    expect(await seen({ body: '<html>' })).toBe('noted: not compared: URL: its answer is no IPv4 address');
    expect(await seen({ status: 503, body: 'x' })).toBe('noted: not compared: URL: it answers with 503');
    const [finding] = await OUTSIDE_CHECK.look(
      examination({ outsideAddress: `http://127.0.0.1:${await freePort()}` }),
    );
    expect(finding).toMatchObject({ verdict: 'noted', found: expect.stringMatching(/no answer \(E/) });
  });
});
