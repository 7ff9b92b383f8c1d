import { DURATION_OR_HOURS_PATTERN } from '../../model/duration';
import { ContainerImage } from '../../model/nodes/container-image';
import {
  BOOT_BOUNDS,
  IDLE_BOUNDS,
  LEASE_BOUNDS,
  parseBootTimeout,
  parseIdle,
  parseLease,
} from '../../model/nodes/lease';
import { NODE_NAME_PATTERN } from '../../model/nodes/node-keys';
import { SshPublicKey } from '../../model/nodes/ssh-public-key';
import { ValueError } from '../../model/value-error';
import type { Format } from '../shape/shape';
import { pattern } from '../shape/shapes';

/** Names of node groups: stacks, tags and names in clouds bear them. */
export const GROUP_NAME = pattern(
  'a name of a small letter and up to 26 small letters, digits and -',
  '^[a-z][a-z0-9-]{0,26}$',
  'workers',
);

/** Names of nodes, of their disks and of flavors. */
export const NODE_NAME = pattern(
  'a name of a small letter and up to 26 small letters, digits and -',
  NODE_NAME_PATTERN,
  'a',
);

/** VCP's UnitGroup: what its REST paths take, after a letter (docs/reference/vcp.md). */
export const UNIT_GROUP = pattern(
  'a name of a letter and up to 63 letters, digits, _ and -',
  '^[a-zA-Z][a-zA-Z0-9_-]{0,63}$',
  'handson102_0',
);

const time = (shown: string, parse: (text: string) => number, example: string): Format<number> => ({
  expected: `a duration from ${shown}, or hours like 0.83`,
  pattern: DURATION_OR_HOURS_PATTERN,
  parse,
  example,
});

export const LEASE_TIME: Format<number | 'none'> = {
  ...time(LEASE_BOUNDS.shown, parseLease, '50m'),
  pattern: `^none$|${DURATION_OR_HOURS_PATTERN}`,
  parse: (text) => (text === 'none' ? text : parseLease(text)),
};

export const IDLE_TIME: Format<number | 'none'> = {
  ...time(IDLE_BOUNDS.shown, parseIdle, '15m'),
  pattern: `^none$|${DURATION_OR_HOURS_PATTERN}`,
  parse: (text) => (text === 'none' ? text : parseIdle(text)),
};

export const BOOT_TIME = time(BOOT_BOUNDS.shown, parseBootTimeout, '1000s');

/** A number with a point, within bounds. @param places - how many digits it has after the point at most */
export function decimal(expected: string, most: number, places: number): Format<number> {
  const form = new RegExp(`^[0-9]{1,6}(\\.[0-9]{1,${places}})?$`);
  return {
    expected,
    pattern: form.source,
    parse: (text) => {
      const number = Number(text);
      if (form.test(text) && number <= most) return number;
      throw new ValueError(expected, text);
    },
  };
}

const FROM_NOTHING = decimal(
  'a price in US dollars an hour, more than 0 and with at most 5 digits after the point',
  1000,
  5,
);

/** A price of one node an hour; spot prices have up to five digits after the point. */
export const PRICE: Format<number> = {
  ...FROM_NOTHING,
  parse: (text) => {
    const price = FROM_NOTHING.parse(text);
    if (price > 0) return price;
    throw new ValueError(FROM_NOTHING.expected, text);
  },
  example: '0.1008',
};

export const LOAD = decimal('a number from 0 to 1 with at most 2 digits after the point', 1, 2);

export const SSH_KEY: Format<SshPublicKey> = {
  expected: 'an SSH public key of one line like "ssh-ed25519 AAAA… name"',
  pattern: '^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+=*( .*)?$',
  parse: SshPublicKey.parse,
};

/** A base container, or `none` for nodes without one. */
export const IMAGE: Format<ContainerImage | 'none'> = {
  expected: 'none, or a container image like vcp/base:1.8.1-alpine3.13-x86_64',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,511}$',
  parse: (text) => (text === 'none' ? text : ContainerImage.parse(text)),
  example: 'vcp/base:1.8.1-alpine3.13-x86_64',
};

/** A login user of Linux (useradd's rule). */
export const USER_NAME = pattern(
  'a user name of a small letter or _ and up to 31 small letters, digits, _ and -',
  '^[a-z_][a-z0-9_-]{0,31}$',
  'ubuntu',
);

/** A path on a node. */
export const ABSOLUTE_PATH = pattern(
  'an absolute path without .. and blanks',
  '^(?!.*(?:^|/)\\.\\.(?:/|$))/[A-Za-z0-9_./@+-]{1,254}$',
  '/data',
);
