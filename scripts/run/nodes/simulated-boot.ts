import { Failure } from '../../../base/errors';
import { Journal } from '../../../terraform/journal';
import type { Session } from '../../session/session';
import type { Asking } from './wait';

/** The variable with the seconds that a simulated node takes from its stack's last apply until sshd answers. */
const BOOT_SECONDS = 'KAKEHASHI_SANDBOX_BOOT_SECONDS';
const DEFAULT_SECONDS = 5;
const MOST_SECONDS = 7200;

/**
 * How the nodes of the sandbox are asked: each is ready some seconds after the last apply of its stack.
 *
 * @throws {@link Failure} for a variable that is no such number
 */
export function simulatedBoot({ folders }: Pick<Session, 'folders'>): Asking {
  const journal = new Journal(folders.journal);
  const seconds = bootSeconds();
  return {
    ask: async ({ stacks }) => {
      const applied = Math.max(0, ...stacks.map((stack) => Date.parse(journal.appliedAt(stack) ?? '') || 0));
      return Date.now() - applied < seconds * 1000 ? 'closed' : 'ssh';
    },
    pollSeconds: 1,
  };
}

function bootSeconds(): number {
  const given = process.env[BOOT_SECONDS];
  if (given === undefined || given === '') return DEFAULT_SECONDS;
  const seconds = Number(given);
  if (/^\d+$/.test(given) && seconds <= MOST_SECONDS) return seconds;
  throw new Failure({
    where: BOOT_SECONDS,
    summary: `must be a whole number of seconds from 0 to ${MOST_SECONDS}, got ${JSON.stringify(given)}`,
    fixes: [],
  });
}
