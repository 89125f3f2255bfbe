-- An import finds the FeatureOfInterest that is described in a file by what it is, however many there are.
create index feature_of_interest_content on feature_of_interest (md5(feature::text));
