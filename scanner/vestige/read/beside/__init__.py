"""What lies beside the images: side-cars, tables, documents, archives and pictures, read."""
