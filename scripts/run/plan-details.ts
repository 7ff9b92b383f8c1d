import path from 'node:path';
import { PLAN_FILE } from '../../terraform/plan/saved-plan';
import { type ScrubbedPlan, scrubPlan } from '../../terraform/plan/scrub';
import type { Session } from '../session/session';

/** What the plan file in a stack's folder says, without secrets. @throws TerraformError */
export async function planDetails(session: Session, folder: string): Promise<ScrubbedPlan> {
  const { masks } = session.report.log;
  return scrubPlan(
    await session.terraform.show(folder, path.join(folder, PLAN_FILE)),
    (secret) => masks.add(secret),
    (text) => masks.mask(text),
  );
}
