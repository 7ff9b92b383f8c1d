import type { KeyForm } from '../../tunnel/key-form';

/** EC2 API reference, VpnTunnelOptionsSpecification.PreSharedKey. */
export const PRESHARED_KEY: KeyForm = {
  pattern: /^(?!0)[A-Za-z0-9._]{8,64}$/,
  expected: 'a pre-shared key of 8 to 64 letters, digits, dots and underscores that does not start with 0',
};
