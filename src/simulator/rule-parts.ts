import { z } from 'zod';

// The smallest parts of what Graph accepts. Strict on purpose, and nothing is shared with the code that builds messages.

/** Text with something in it, counted in UTF-16 units. Half a surrogate pair cannot be sent as UTF-8. */
export const filled = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.trim() !== '', 'must not be empty')
    .refine((value) => !/\p{Surrogate}/u.test(value), 'is not well-formed Unicode');
export const oneLine = (max: number) => filled(max).refine((value) => !/[\r\n\t]/.test(value), 'must be one line');
export const id = (max: number) =>
  filled(max).refine((value) => value.trim() === value, 'must not begin or end with a space');
export const unique = (values: string[]) => new Set(values).size === values.length;
/** As Meta names a message. */
export const messageId = z.string().regex(/^\S{1,500}$/);
