// Adds notices to the narrative of mapped resources.
import type { Resource } from '@medplum/fhirtypes';
import { insertNotice } from '../chart/notices.ts';

/** A copy of `resource` with `notice` in its narrative; `resource` itself where it has no narrative. */
export function withNotice(
  resource: Resource,
  notice: string,
  position: 'first' | 'second',
): Resource {
  const { text } = resource as { text?: { status: string; div: string } };
  if (text === undefined) return resource;
  const div = insertNotice(text.div, notice, position);
  return { ...resource, text: { ...text, div } } as Resource;
}
