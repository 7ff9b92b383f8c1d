import type { Backend, Call } from '../core/route';
import { type Answer, badRequest, notFound } from '../request/exchange';

function unknownLease({ fields, request }: Call): Answer {
  if (fields.text('lease_id') === '') throw badRequest('lease_id must be specified');
  throw badRequest(request.path.endsWith('renew') ? 'lease not found' : 'invalid lease');
}

/** The routes of leases. No simulated engine creates leases, so every lease is unknown. */
export const SYS_LEASES: Backend = [
  { path: /^leases\/lookup$/, write: unknownLease },
  {
    path: /^leases\/lookup\/.*$/,
    sudo: true,
    list: () => {
      throw notFound();
    },
  },
  { path: /^(leases\/)?renew$/, write: unknownLease },
  { path: /^(leases\/)?revoke$/, write: unknownLease },
];
