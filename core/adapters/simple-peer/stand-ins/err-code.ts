/** Errors keep their message, which says what the code would; nobody reads the code. */
export default (error: Error): Error => error;
