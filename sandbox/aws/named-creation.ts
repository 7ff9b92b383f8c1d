import type { Attributes } from '../provider/attributes';
import { inStep } from './aws-error';
import type { Rules } from './rules';

/** The rules of a type whose id follows from the request: the provider names it where the creation is refused. */
export function namedCreation(rules: Rules, idOf: (request: Attributes) => string): Rules {
  const action = rules.actions?.create;
  return {
    ...rules,
    create: (cloud, request, config) => {
      const subject = `creating ${rules.noun} (${idOf(request)})`;
      const step = action === undefined ? { subject } : { subject, action };
      return inStep(step, () => rules.create(cloud, request, config));
    },
  };
}
