import type { KeyForm } from '../../tunnel/key-form';

/**
 * The shared key of a connection, one for all its tunnels. Azure itself takes more; these characters need no quotes in any
 * daemon's file, and sixteen of them are not guessed.
 */
export const PRESHARED_KEY: KeyForm = {
  pattern: /^[A-Za-z0-9]{16,64}$/,
  expected: 'a pre-shared key of 16 to 64 letters and digits',
};
