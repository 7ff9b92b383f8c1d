import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target, Trigger } from './cases';
import { objectsFile } from './objects';
import { type Running, signalTo, terraformsOf } from './programs';
import type { Served } from './served';

const POLL_MS = 4;

/** Waits for the moment of a kill. @param isApplying whether Terraform applies something, or has. @returns false where the driver ended before it */
export async function untilMoment(
  trigger: Trigger,
  folder: string,
  driver: Running,
  isApplying: () => boolean,
): Promise<boolean> {
  const isOver = overOf(driver);
  const reached =
    trigger.kind === 'object'
      ? afterObjects(trigger.type, trigger.call, folder)
      : afterTime(trigger.seconds, trigger.kind === 'apply' ? isApplying : () => true);
  while (!reached()) {
    if (isOver()) return false;
    await sleep(POLL_MS);
  }
  if (trigger.kind === 'object') await sleep(trigger.delayMs);
  return !isOver();
}

/** Sends the signal to the chosen processes. @returns false where none of them ran any more */
export async function strike(
  target: Target,
  signal: NodeJS.Signals,
  driver: Running,
  served: Served | undefined,
): Promise<boolean> {
  const isOver = overOf(driver);
  let terraforms = terraformsOf(driver.pid);
  while (target === 'terraform' && terraforms.length === 0) {
    if (isOver()) return false;
    await sleep(POLL_MS);
    terraforms = terraformsOf(driver.pid);
  }
  if (target !== 'terraform' && target !== 'provider') signalTo(driver.pid, signal);
  if (target === 'terraform' || target === 'all') for (const pid of terraforms) signalTo(pid, signal);
  if ((target === 'provider' || target === 'all') && served !== undefined) signalTo(served.pid, signal);
  return true;
}

function overOf(driver: Running): () => boolean {
  let isOver = false;
  driver.ended.then(() => {
    isOver = true;
  });
  return () => isOver;
}

/** Whether so much time has passed since something was first so. */
function afterTime(seconds: number, isSo: () => boolean): () => boolean {
  let since: number | undefined;
  return () => {
    if (since === undefined && isSo()) since = Date.now();
    return since !== undefined && Date.now() >= since + seconds * 1000;
  };
}

/** Whether so many objects of a type were made since the call of this function. */
function afterObjects(type: string, count: number, folder: string): () => boolean {
  const file = objectsFile(folder);
  const before = madeOf(type, file);
  let size = -1;
  let made = 0;
  return () => {
    const now = existsSync(file) ? statSync(file).size : 0;
    if (now !== size) made = madeOf(type, file) - before;
    size = now;
    return made >= count;
  };
}

/** How many objects of a type Terraform has had made. The log is read as text: another process writes the end of it. */
function madeOf(type: string, file: string): number {
  if (!existsSync(file)) return 0;
  const start = `{"op":"put","type":"${type}",`;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(start) && line.endsWith(',"made":true}')).length;
}
