export { default } from 'simple-peer/lite.js'
