import fs, { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileFollower } from '../../base/file-follower';

describe('FileFollower', () => {
  let folder: string;
  let file: string;
  let lines: string[];
  const follow = () => new FileFollower(file, (line) => lines.push(line));
  const until = async (count: number): Promise<void> => {
    while (lines.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
    file = path.join(folder, 'output');
    lines = [];
    writeFileSync(file, '');
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  test('hands on what is there at once, and what comes later as it comes', async () => {
    writeFileSync(file, 'one\r\ntwo\n');
    const follower = follow();
    expect(lines).toEqual(['one', 'two']);
    appendFileSync(file, 'three\n\n');
    await until(4);
    follower.finish();
    expect(lines).toEqual(['one', 'two', 'three', '']);
  });

  test('joins a line, and a character, that are written in pieces', async () => {
    const follower = follow();
    const bytes = Buffer.from('架け橋 one\nend\n');
    for (const byte of bytes) {
      appendFileSync(file, Buffer.of(byte));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(2);
    follower.finish();
    expect(lines).toEqual(['架け橋 one', 'end']);
  });

  test('hands on a line as soon as it ends, and not before', async () => {
    const follower = follow();
    appendFileSync(file, 'begun');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lines).toEqual([]);
    appendFileSync(file, ' and ended\n');
    await until(1);
    expect(lines).toEqual(['begun and ended']);
    follower.finish();
  });

  test('reads to the end when it finishes: what was just written, and a last line or character that is cut off', () => {
    const follower = follow();
    appendFileSync(file, Buffer.concat([Buffer.from('one\ntwo '), Buffer.from('橋').subarray(0, 2)]));
    follower.finish();
    expect(lines).toEqual(['one', 'two \ufffd']);
  });

  test('splits a file that is larger than what it reads at once where its lines end', () => {
    const written = Array.from({ length: 3000 }, (_, index) => `${index} ${'橋'.repeat(index % 90)}`);
    writeFileSync(file, written.join('\n'));
    follow().finish();
    expect(lines).toEqual(written);
  });

  test('polls where the system can not watch a file', async () => {
    jest.spyOn(fs, 'watch').mockImplementation(() => {
      throw new Error('ENOSPC: no more watchers');
    });
    const follower = follow();
    appendFileSync(file, 'one\n');
    await until(1);
    follower.finish();
    expect(lines).toEqual(['one']);
  });

  test('hands on nothing after its listener has thrown, and throws that error at the end', () => {
    writeFileSync(file, 'one\ntwo\n');
    const follower = new FileFollower(file, (line) => {
      lines.push(line);
      throw new Error(`no ${line}`);
    });
    appendFileSync(file, 'three\nfour');
    expect(() => follower.finish()).toThrow('no one');
    expect(lines).toEqual(['one']);
  });

  test('ends to follow when it has finished', async () => {
    const follower = follow();
    follower.finish();
    appendFileSync(file, 'late\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lines).toEqual([]);
  });
});
