/** Nobody asked for its log; the package would also read localStorage at import. */
export default () => (): void => {};
