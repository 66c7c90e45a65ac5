import * as z from 'zod/mini';

// What does not fit says what was expected, whatever else is loaded: the small zod brings no words of its own.
z.config(z.locales.en());
