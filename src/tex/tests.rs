//! TeX as titles and abstracts have it.
