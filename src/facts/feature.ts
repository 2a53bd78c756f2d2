import { boolean, choice, defineFact, id, instant, text } from './fact.ts'

export const feature = defineFact({
  id: 'feature',
  name: 'Feature',
  plural: 'features',
  says: 'One feature of a product: whether it is a core one, whether its use is the value customers came for, and who may use it.',
  about: 'use',
  placement: 'everywhere',
  columns: {
    feature_id: id('The feature, as usage events name it', { required: true, aliases: ['id', 'feature', 'key', 'slug'] }),
    name: text('Display name', { aliases: ['feature_name', 'title', 'label'] }),
    product: text('Product it belongs to', { aliases: ['product_id', 'product_name'] }),
    is_core: boolean('A core feature: counts in product adoption', { aliases: ['core', 'key_feature'] }),
    is_value: boolean('Using it is the first value an account gets', { aliases: ['value', 'is_value_event', 'value_feature', 'aha'] }),
    entitlement: choice('Who may use it: every customer, or only those with a feature entitlement', {
      fallback: 'everyone',
      aliases: ['access', 'availability', 'entitled'],
      choices: {
        everyone: ['everyone', 'all', 'included', 'open', 'standard'],
        recorded: ['recorded', 'entitled', 'entitlement', 'addon', 'add_on', 'restricted', 'premium'],
      },
    }),
    released_at: instant('When it was released; empty means always there', {
      aliases: ['released', 'release_date', 'launched_at', 'available_since', 'ga_date'],
    }),
  },
  identity: [['feature_id']],
  effective: 'released_at',
  fileNames: ['feature', 'module', 'feature_catalog'],
})
