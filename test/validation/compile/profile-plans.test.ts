import { expect, it } from 'vitest';
import { createDefinitionIndex } from '../../../src/validation/compile/definition-index.ts';
import { createProfilePlans } from '../../../src/validation/compile/profile-plans.ts';
import { core, definitions } from '../definitions.ts';

it('compiles a profile once for all claimed versions', () => {
  const plans = createProfilePlans(createDefinitionIndex(definitions));
  const plan = plans.of(`${core('bodyweight')}|1`);
  expect(plan?.url).toBe(core('bodyweight'));
  expect(plans.of(`${core('bodyweight')}|2`)).toBe(plan);
  expect(plans.of(core('bodyweight'))).toBe(plan);
});
